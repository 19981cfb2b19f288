import type { BatchHeader } from '../batch/header.js';
import type { Observation } from '../match/observations.js';
import { regionId } from '../regions/region.js';

/** An observation of this phone whose CEN somebody reported, or, rarely, a false one (`docs/alerting.md`). */
export interface Match<Own extends Observation = Observation> {
  /** The very object that was passed in. */
  readonly observation: Own;
  /** Id of the region in whose batch it was found. */
  readonly region: string;
  /** Unix second at which the slot of the report started. */
  readonly slotStart: number;
  readonly part: number;
  /** Unix seconds. */
  readonly sealedAt: number;
}

export function matchesIn<Own extends Observation>(header: BatchHeader, observations: readonly Own[]): Match<Own>[] {
  const { slotStart, part, sealedAt } = header;
  const region = regionId(header.region);
  return observations.map((observation) => ({ observation, region, slotStart, part, sealedAt }));
}
