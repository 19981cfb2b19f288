import { z } from 'zod';
import { code, login, memberDocument, password } from '../members/member.schema.js';

export const credentials = z
  .strictObject({ login, password, code: code.optional() })
  .meta({ example: { login: 'nurse.west', password: 'four words nobody guesses', code: '492039' } });

export const confirmation = z
  .strictObject({ password, code: code.optional() })
  .meta({ example: { password: 'four words nobody guesses', code: '492039' } });

export const sessionDocument = z.object({
  csrfToken: z.string().meta({ description: 'Goes into X-CEN-CSRF of every state change' }),
  sessionId: z.uuid(),
  idleSeconds: z.int(),
  serverTime: z.number().meta({ description: 'Unix seconds of the server’s clock, for what counts down' }),
  member: memberDocument.extend({ recoveryCodesLeft: z.int() }),
});

export const acceptedSession = sessionDocument.extend({ recoveryCodes: z.array(z.string()) });

export const sessionList = z.object({
  sessions: z.array(
    z.object({
      id: z.uuid(),
      createdAt: z.number(),
      lastSeenAt: z.number(),
      expiresAt: z.number(),
      current: z.boolean(),
    }),
  ),
});
