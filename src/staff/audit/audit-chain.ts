import { Injectable } from '@nestjs/common';
import { type ChainHead, GENESIS, hashOf } from './audit-entry.js';
import { AuditRepository, type ChainedEntry } from './audit.repository.js';

const PAGE = 1000;

/** What a look at the whole chain found. */
export type ChainVerdict =
  | { readonly intact: true; readonly head: ChainHead }
  | {
      readonly intact: false;
      /** The first entry that is not as it was, or is not there. */
      readonly seq: number;
      readonly fault: 'altered' | 'missing' | 'inserted' | 'rewritten';
    };

/** Proves that the log is what was written, or finds where it is not. */
@Injectable()
export class AuditChain {
  constructor(private readonly repository: AuditRepository) {}

  /**
   * Recomputes every link. A chain says nothing of entries cut off its end, and its owner could compute a whole new one: both
   * show against heads that were exported earlier.
   */
  async verify(exported: readonly ChainHead[] = []): Promise<ChainVerdict> {
    const wanted = new Map(exported.map(({ seq, hash }) => [seq, hash]));
    let head = GENESIS;
    for (let page = await this.repository.chainAfter(0, PAGE); page.length > 0; page = await this.#next(head)) {
      for (const entry of page) {
        const fault = faultOf(entry, head) ?? contradiction(entry, wanted.get(entry.seq));
        if (fault !== undefined) return { intact: false, seq: Math.min(entry.seq, head.seq + 1), fault };
        head = entry;
      }
    }
    const cutOff = exported.some(({ seq }) => seq > head.seq);
    return cutOff ? { intact: false, seq: head.seq + 1, fault: 'missing' } : { intact: true, head };
  }

  #next(head: ChainHead): Promise<ChainedEntry[]> {
    return this.repository.chainAfter(head.seq, PAGE);
  }
}

function faultOf(
  { previous, hash, ...entry }: ChainedEntry,
  head: ChainHead,
): 'altered' | 'missing' | 'inserted' | undefined {
  if (entry.seq !== head.seq + 1) return 'missing';
  if (!hashOf(entry, previous).equals(hash)) return 'altered';
  // Sound in itself and yet not what follows: it was put in, or what it followed was replaced.
  return previous.equals(head.hash) ? undefined : 'inserted';
}

function contradiction({ hash }: ChainedEntry, exported: Buffer | undefined): 'rewritten' | undefined {
  return exported === undefined || exported.equals(hash) ? undefined : 'rewritten';
}
