import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'CEN';
/** RFC 4226 section 4, R6: 160 bits. */
const SECRET_BYTES = 20;
/** RFC 6238 section 5.2. */
const PERIOD_SECONDS = 30;
/** RFC 6238 section 5.2: at most one step back for the network; one ahead for the device's clock. */
const WINDOW_STEPS = 1;

/** The clock that authenticators share: the wall clock, not domain time, which tests and simulations move. */
@Injectable()
export class AuthenticatorClock {
  /** Unix seconds. */
  now(): number {
    return Date.now() / 1000;
  }
}

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** What an authenticator scans: the otpauth URI, and the secret in base32 for those who type. */
export function describeTotp(secret: Buffer, login: string): { uri: string; secret: string } {
  const totp = authenticator(secret, login);
  return { uri: totp.toString(), secret: totp.secret.base32 };
}

/** The time step to which a six-digit code belongs; undefined if to none near now. A step's code is good once (RFC 6238 section 5.2). */
export function stepOfCode(secret: Buffer, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = authenticator(secret, '').validate({ token: code, timestamp: now * 1000, window: WINDOW_STEPS });
  return delta === null ? undefined : Math.floor(now / PERIOD_SECONDS) + delta;
}

function authenticator(secret: Buffer, label: string): TOTP {
  const bytes = new Uint8Array(secret);
  return new TOTP({ issuer: ISSUER, label, secret: new Secret({ buffer: bytes.buffer }), period: PERIOD_SECONDS });
}
