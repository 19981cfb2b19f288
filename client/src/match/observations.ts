import { CEN_BYTES } from '../batch/shape.js';
import { compareCens } from '../batch/cen-order.js';
import { FollowedRegions } from '../regions/followed.js';
import { WORLD } from '../regions/region.js';

/** A CEN that this phone received. Apps may pass their own objects with more in them: matches refer to these very objects. */
export interface Observation {
  /** 16 bytes. */
  readonly cen: Uint8Array;
  /** Unix seconds by the phone's clock. */
  readonly observedAt: number;
  /**
   * H3 cells where it may have been received (`cellsAround`), if known: it then matches only batches of these cells, of
   * the regions above them and, for a cell that is coarser than it had to be, of those below, which makes false matches rarer.
   * Without, it matches batches of every region.
   */
  readonly cells?: readonly bigint[];
}

/** Observations made ready for matching against many batches: packed once, in the order of time. */
export class ObservationSet<Own extends Observation = Observation> {
  readonly #own: Own[];
  readonly #packed: Uint8Array;
  readonly #regions: (FollowedRegions | undefined)[];
  #byCen: Uint32Array | undefined;

  /** Throws RangeError for a CEN that is not 16 bytes. */
  constructor(observations: Iterable<Own>) {
    this.#own = [...observations].sort((a, b) => a.observedAt - b.observedAt);
    this.#packed = new Uint8Array(this.#own.length * CEN_BYTES);
    this.#own.forEach(({ cen }, i) => {
      if (cen.length !== CEN_BYTES) throw new RangeError('a CEN is 16 bytes');
      this.#packed.set(cen, i * CEN_BYTES);
    });
    this.#regions = regionsOf(this.#own);
  }

  get size(): number {
    return this.#own.length;
  }

  /** The CENs of the observations made at or before `time`, packed; the i-th belongs to index i. */
  madeUntil(time: number): Uint8Array {
    let low = 0;
    for (let high = this.size; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.#own[middle]!.observedAt <= time) low = middle + 1;
      else high = middle;
    }
    return this.#packed.subarray(0, low * CEN_BYTES);
  }

  /** All indexes, in the byte order of the CENs. */
  get byCen(): Uint32Array {
    this.#byCen ??= Uint32Array.from({ length: this.size }, (_, i) => i).sort((a, b) =>
      compareCens(this.#packed, a * CEN_BYTES, this.#packed, b * CEN_BYTES),
    );
    return this.#byCen;
  }

  /** The observation of an index, if a batch of `region` can speak of it. */
  at(index: number, region: bigint): Own | undefined {
    const regions = this.#regions[index];
    return region === WORLD || !regions || regions.has(region) ? this.#own[index] : undefined;
  }

  /** Every CEN, packed, by index. */
  get packed(): Uint8Array {
    return this.#packed;
  }
}

/** The regions of each observation. Those of one place usually share one array of cells, whose regions are then found once. */
function regionsOf(observations: readonly Observation[]): (FollowedRegions | undefined)[] {
  const known = new Map<readonly bigint[], FollowedRegions>();
  return observations.map(({ cells }) => {
    if (cells === undefined) return undefined;
    const regions = known.get(cells) ?? new FollowedRegions(cells);
    known.set(cells, regions);
    return regions;
  });
}
