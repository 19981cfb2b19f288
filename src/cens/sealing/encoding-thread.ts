import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CEN_BYTES, type GroupedCens, sortGroups } from 'cen-client/encode';
import type { BatchOrder, BatchPart, FileBegin, FileEnd, SignedFile } from './batch-file.js';

/** A region's batch, whose CENs are not sorted yet. */
export interface UnsortedOrder extends Omit<BatchOrder, 'sorted'> {
  /** In memory that threads share: else it would be copied. */
  readonly cens: GroupedCens;
}

/** An order of which the other thread sorts the CENs with a first byte from `sortedFrom` on. */
export interface SharedOrder extends UnsortedOrder {
  readonly sortedFrom: number;
}

/**
 * `next` asks for the first part or the one after that which was answered last, `end` for the end of its full file, `compact` for its
 * compact file. An order has no answer.
 */
export type EncodingRequest = SharedOrder | 'next' | 'end' | 'compact';

/** A full file, the end of which is being made. */
export interface BegunFile {
  readonly pieces: readonly (Uint8Array | Promise<Uint8Array>)[];
  readonly size: number;
  readonly sha256: Promise<Uint8Array>;
}

/** A part whose files are being made. */
export interface BatchFiles extends BatchPart<BegunFile> {
  readonly compact: Promise<SignedFile>;
}

/** Compiled, whether this file is or is loaded as TypeScript by the tests: a thread takes JavaScript only. */
const ENTRY = new URL('../../../dist/cens/sealing/encoding-thread.entry.js', import.meta.url);

/** Of a larger batch, the thread does not keep the memory until the next one: starting it again takes 50 ms. */
const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Sorts, encodes and signs in a thread of its own, while what it has made goes into Postgres. It loads
 * nothing but the codec: a garbage collector that goes through the server's code whenever 64 MB of CENs have been made
 * took more processor time than the encoding (ADR 19). For one sealing at a time; started when it is first needed.
 */
@Injectable()
export class EncodingThread implements OnApplicationShutdown {
  private worker: Worker | undefined;

  /**
   * The parts of one batch, each made when it is asked for, and its signature and compact file at once after it. The CENs are sorted where they
   * lie, and are a part of each full file.
   * @throws when the thread has died at it
   */
  async *encode(order: UnsortedOrder): AsyncGenerator<BatchFiles, void, undefined> {
    const worker = (this.worker ??= this.start());
    let isWhole = false;
    try {
      shareSorting(order, worker);
      let part = await ask<BatchPart<FileBegin> | undefined>(worker, 'next');
      while (part !== undefined) {
        const files = filesOf(part, worker);
        yield files;
        await files.compact;
        part = await ask<BatchPart<FileBegin> | undefined>(worker, 'next');
      }
      isWhole = true;
    } finally {
      // Else it would keep what nobody will ask for, or until its next garbage collection what is stored.
      if (!isWhole || order.cens.packed.length > KEPT_BYTES) await this.end();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  private start(): Worker {
    const worker = new Worker(ENTRY);
    const letGo = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    // An 'error' that nobody listens to would end this process.
    return worker.on('error', letGo).once('exit', letGo);
  }

  private async end(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** Half of the CENs here, half there: this thread has nothing else to do before they are sorted. */
function shareSorting(order: UnsortedOrder, worker: Worker): void {
  const { packed, ends } = order.cens;
  const middle = ends.findIndex((end) => end * CEN_BYTES >= packed.length / 2) + 1;
  worker.postMessage({ ...order, sortedFrom: middle } satisfies EncodingRequest);
  sortGroups(order.cens, middle, ends.length);
}

/** Asks for what a part lacks, one after the other: an answer does not say to what. */
function filesOf({ full, ...part }: BatchPart<FileBegin>, worker: Worker): BatchFiles {
  const end = ask<FileEnd>(worker, 'end');
  const compact = end.then(() => ask<SignedFile>(worker, 'compact'));
  const file = full && {
    pieces: [...full.pieces, end.then(({ signature }) => signature)],
    size: full.size,
    sha256: end.then(({ sha256 }) => sha256),
  };
  // They may fail while nobody waits for them yet, which must not end the process.
  void Promise.allSettled([compact, file?.pieces.at(-1), file?.sha256]);
  return { ...part, full: file, compact };
}

async function ask<Answer>(worker: Worker, request: EncodingRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stopListening = () => worker.off('message', take).off('error', fail).off('exit', leave);
    const take = (answer: Answer) => {
      stopListening();
      resolve(answer);
    };
    const fail = (error: Error) => {
      stopListening();
      reject(error);
    };
    const leave = () => fail(new Error('The encoding thread has ended.'));
    worker.on('message', take).on('error', fail).on('exit', leave);
    // One that has ended says nothing any more, not even that.
    if (worker.threadId === -1) leave();
    else worker.postMessage(request);
  });
}
