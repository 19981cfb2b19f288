const HOUR_SECONDS = 3600;

/** Far below any cost, and far above what adding costs to Unix seconds in doubles can be off by. */
const ROUNDING_SECONDS = 0.001;

/** What networks may do, as the settings say it. */
export interface AttemptLimits {
  /** Failures that a network is forgiven per hour; 0 switches every limit of failures off. */
  readonly perHour: number;
  /** Failures that it may run up before it has to wait. */
  readonly burst: number;
  /** Failures of all networks in an hour from which on they count as under attack; 0: never. */
  readonly alarm: number;
  /** What a failure counts for under attack; at most `burst`, so that no network is shut out that has not failed. */
  readonly tightening: number;
}

/** How a network stands when it asks for an attempt. */
export interface AttemptStanding {
  /** When its failures will all have been forgiven, Unix seconds. */
  readonly clearAt: number;
  readonly now: number;
  readonly attacked: boolean;
  /** Its other attempts that are being looked at: each may turn out to be a failure. */
  readonly unresolved: number;
}

/**
 * Seconds of debt that a failure costs its network. Debt is paid off by waiting, a second a second: the generic cell rate
 * algorithm (ITU-T I.371), which needs one number per counter and no upkeep.
 */
export function costOfFailure({ perHour, tightening }: AttemptLimits, attacked: boolean): number {
  return (HOUR_SECONDS / perHour) * (attacked ? tightening : 1);
}

/** Seconds until one more attempt may be looked at; 0 if now. Whatever it turns out to be, the debt stays within its bound. */
export function secondsToWait(limits: AttemptLimits, standing: AttemptStanding): number {
  const longestDebt = (HOUR_SECONDS / limits.perHour) * limits.burst;
  const atWorst = (standing.unresolved + 1) * costOfFailure(limits, standing.attacked);
  const excess = debtOf(standing.clearAt, standing.now) + atWorst - longestDebt;
  return excess > ROUNDING_SECONDS ? excess : 0;
}

/** Seconds of debt that a failure adds to the debt of all networks together. */
export function costInTotal({ alarm }: Pick<AttemptLimits, 'alarm'>): number {
  return alarm === 0 ? 0 : HOUR_SECONDS / alarm;
}

/** The debt of all together grows no further than this, so that an attack is over an hour after its end at the latest. */
export const LONGEST_TOTAL_DEBT_SECONDS = 2 * HOUR_SECONDS;

/** How many failures of all networks are not yet forgiven, as a share of those that make an attack. */
export function shareOfAlarm(totalClearAt: number, now: number): number {
  return debtOf(totalClearAt, now) / HOUR_SECONDS;
}

/** Whether all networks together have failed so often that each failure costs more. */
export function isAttacked({ alarm }: Pick<AttemptLimits, 'alarm'>, totalClearAt: number, now: number): boolean {
  return alarm > 0 && shareOfAlarm(totalClearAt, now) >= 1 - ROUNDING_SECONDS / HOUR_SECONDS;
}

function debtOf(clearAt: number, now: number): number {
  return Math.max(0, clearAt - now);
}
