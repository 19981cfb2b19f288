import type { Observation } from '../match/observations.js';
import type { SyncCursor } from './cursor.js';
import type { Match } from './match.js';

/**
 * Why a sync stopped before its end: `network` (no answer, or it broke off), `server` (an answer that is no success),
 * `aborted` (by the app's signal), `refused` (an answer that is not to be believed; `cause` is a DocumentError).
 */
export type SyncErrorCode = 'network' | 'server' | 'aborted' | 'refused';

/** A sync that stopped early. What it found and how far it got is in it, and as good as that of a whole one: keep both. */
export class SyncError<Own extends Observation = Observation> extends Error {
  override readonly name = 'SyncError';

  constructor(
    readonly code: SyncErrorCode,
    cause: unknown,
    readonly matches: Match<Own>[],
    readonly cursor: SyncCursor,
  ) {
    super(`${code}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
