import { createHmac } from 'node:crypto';
import { networkOf } from '../../platform/http/index.js';
import type { Key } from '../../platform/keys/index.js';
import { AttemptLedger } from './attempt-ledger.js';
import { AttemptTurns } from './attempt-turns.js';
import { WriteVolume } from './write-volume.js';

/** 16 bits: some 256 networks of IPv4 share a counter, so that not even the key tells which of them has failed. */
export const COUNTERS = 65_536;
const COUNTER_BYTES = 2;

export interface DailyVolumes {
  readonly publicWritesPerHour: number;
  readonly unbackedReportsPerHour: number;
}

/** All that is kept in memory of networks under one attempt-day key. With the key it is forgotten. */
export class AttemptDay {
  readonly ledger = new AttemptLedger(COUNTERS);
  readonly turns: AttemptTurns;
  readonly writes: WriteVolume;
  readonly unbackedReports: WriteVolume;

  constructor(
    private readonly key: Pick<Key, 'id' | 'secret'>,
    volumes: DailyVolumes,
    secondsToWait: (clearAt: number, unresolved: number) => number,
  ) {
    this.turns = new AttemptTurns((counter, unresolved) => secondsToWait(this.ledger.clearAt(counter), unresolved));
    this.writes = new WriteVolume(COUNTERS, volumes.publicWritesPerHour);
    this.unbackedReports = new WriteVolume(COUNTERS, volumes.unbackedReportsPerHour);
  }

  get keyId(): string {
    return this.key.id;
  }

  /** The counter of an address's network. The address itself goes no further than this. */
  counterOf(address: string): number {
    return createHmac('sha256', this.key.secret)
      .update('upload\0')
      .update(networkOf(address))
      .digest()
      .readUIntBE(0, COUNTER_BYTES);
  }
}
