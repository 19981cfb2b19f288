import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MemberActor } from '../access/actor.js';

/** A session ends after this long without a request (OWASP ASVS 7.3.1). */
export const IDLE_MINUTES = 20;

/** And after this long in any case (OWASP ASVS 7.3.2): a shift. */
export const ABSOLUTE_HOURS = 12;

/** For so long after giving password and code, dangerous acts need no confirmation. */
export const CONFIRMED_MINUTES = 5;

/** A live session, recognised by its cookie. */
export interface RecognisedSession {
  readonly actor: MemberActor;
  /** Whether password and code were given within the last {@link CONFIRMED_MINUTES}. */
  readonly confirmed: boolean;
}

/** A session as its owner sees it in the list. Times in Unix seconds. */
export interface SessionSummary {
  /** UUID, of no use for signing in. */
  readonly id: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/**
 * The token that every state change sends in `X-CEN-CSRF`: follows from the cookie's secret, which no script can read, and
 * gives nothing of it away.
 */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('cen csrf').digest('base64url');
}

export function isCsrfTokenOf(sessionSecret: string, given: string | undefined): boolean {
  const [wanted, got] = [Buffer.from(csrfTokenOf(sessionSecret)), Buffer.from(given ?? '')];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}
