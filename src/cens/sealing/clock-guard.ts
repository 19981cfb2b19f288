import { DAY_SECONDS } from '../slot.js';

/** How far the clock may run past the last sealing before an operator must confirm it (protocol section 8.2). */
const MAX_SILENCE_SECONDS = 7 * DAY_SECONDS;

/** Why the clock cannot be trusted, or nothing when it can. `baseline` is the last sealing, or the operator's word. */
export function clockFault(now: number, baseline: number | undefined): string | undefined {
  if (baseline === undefined) return undefined;
  if (now < baseline) return 'the database clock is behind the last sealing';
  if (now > baseline + MAX_SILENCE_SECONDS) return 'the database clock is more than 7 days past the last sealing';
  return undefined;
}
