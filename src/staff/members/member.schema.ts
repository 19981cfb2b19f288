import { z } from 'zod';
import { AUTHORITY_ROLES, ROLES } from '../access/actor.js';

const EXAMPLE_ID = '5f0c3a52-8f0e-4c2e-9d5b-6a7f0f1b2c3d';

/** A login is a name at work, not an address: there is nothing to send to it. */
export const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/, 'takes 3 to 64 of a–z, 0–9, dot, dash and underscore')
  .meta({ example: 'nurse.west' });

/** Numbers per UTC day; null: no limit. */
export const dailyQuota = z.int().min(0).max(1_000_000).nullable();

/** Bounded so that nobody makes the server hash a book. What it must be is told by `password-refused`. */
export const password = z.string().min(1).max(1024);

/** Six digits of an authenticator, or a recovery code. */
export const code = z.string().trim().min(1).max(32);

const totpCode = z.string().regex(/^\d{6}$/, 'is six digits');

export const memberDocument = z
  .object({
    id: z.uuid(),
    login: z.string(),
    role: z.enum(ROLES),
    authorityId: z.uuid().nullable(),
    dailyQuota,
    disabled: z.boolean(),
    state: z.enum(['invited', 'active']),
    totp: z.boolean(),
    lastSeenOn: z.iso.date().nullable(),
  })
  .meta({
    example: {
      id: EXAMPLE_ID,
      login: 'nurse.west',
      role: 'issuer',
      authorityId: '0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f',
      dailyQuota: 200,
      disabled: false,
      state: 'active',
      totp: true,
      lastSeenOn: '2031-03-10',
    },
  });

export const memberList = z.object({ members: z.array(memberDocument) });

export const memberInvitation = z
  .strictObject({ login, role: z.enum(AUTHORITY_ROLES), dailyQuota: dailyQuota.default(null) })
  .meta({ example: { login: 'nurse.west', role: 'issuer', dailyQuota: 200 } });

export const operatorInvitation = z.strictObject({ login }).meta({ example: { login: 'night.operator' } });

export const memberChange = z
  .strictObject({ role: z.enum(AUTHORITY_ROLES), dailyQuota, disabled: z.boolean() })
  .partial()
  .meta({ example: { disabled: true } });

export const operatorChange = z.strictObject({ disabled: z.boolean() }).meta({ example: { disabled: true } });

export const invitedMember = z.object({
  member: memberDocument,
  link: z
    .object({ token: z.string(), url: z.string(), expiresAt: z.number() })
    .meta({ description: 'Shown this once: hand it over yourself' }),
});

export const oneTimeToken = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is the end of the link'),
});

export const totpOffer = z.object({ uri: z.string(), secret: z.string(), offer: z.string() }).meta({
  example: {
    uri: 'otpauth://totp/CEN:nurse.west?issuer=CEN&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    offer: 'Vb1q…',
  },
});

export const invitationDocument = z.object({
  login: z.string(),
  role: z.enum(ROLES),
  totpRequired: z.boolean(),
  totp: totpOffer,
});

export const totpProof = z
  .strictObject({ offer: z.string().max(500), code: totpCode })
  .meta({ example: { offer: 'Vb1q…', code: '492039' } });

export const invitationAcceptance = z
  .strictObject({ ...oneTimeToken.shape, password, totp: totpProof.optional() })
  .meta({
    example: {
      token: 'q0Yk1s2m3n4b5v6c7x8z9l0k1j2h3g4f5d6s7a8p9oI',
      password: 'four words nobody guesses',
      totp: { offer: 'Vb1q…', code: '492039' },
    },
  });

export const recoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ example: { recoveryCodes: ['abcd-efgh-ijkl-mnop', 'qrst-uvwx-yz23-4567'] } });
