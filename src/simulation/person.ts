import type { Place } from '../planning/index.js';

/** A number that one phone gave to another, as the hearer keeps it; with what only the simulation knows. */
export interface Heard {
  readonly cen: Uint8Array;
  readonly observedAt: number;
  readonly cells: readonly bigint[];
  readonly hearer: Person;
  /** The upload that reported it, once somebody has. A rebroadcast number never gets one: it must not match. */
  upload: Upload | undefined;
  /** Whether a sync of the hearer's found it. */
  matched: boolean;
}

/** Numbers that a phone gave away at one place. */
export interface Given {
  readonly at: number;
  /** Under which they are reported. */
  readonly cells: readonly bigint[];
  readonly heard: Heard[];
}

export interface Upload {
  readonly reporter: Person;
  readonly idempotencyKey: string;
  readonly number: string;
  /** When the number ends, domain time. */
  readonly expiresAt: number;
  readonly groups: readonly { readonly cell: bigint; readonly cens: Uint8Array }[];
  readonly heard: readonly Heard[];
  status: 'unknown' | 'accepted' | 'refused';
  /** Domain time of the answer. */
  answeredAt: number;
}

export interface Person {
  readonly id: number;
  readonly town: number;
  readonly household: number;
  readonly home: Place;
  /** The town in whose workplace they work. */
  readonly workTown: number;
  given: Given[];
  heard: Heard[];
  /** When a phone was last in a cell, by cell; what it follows. */
  readonly lastSeen: Map<bigint, number>;
}
