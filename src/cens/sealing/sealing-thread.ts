import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import type { describeError } from '../../platform/logging/index.js';
import type { SealingThreadData } from './sealing-thread.module.js';
import type { SealingOutcome } from './sealing.js';

/** What the thread answers. An error itself would lose its code on the way. */
export type SealingAnswer =
  { readonly outcome: SealingOutcome } | { readonly failure: ReturnType<typeof describeError> };

/** Asks for one sealing. */
export interface SealingRequest {
  /** As the server's own ring says, which is read all the time: a thread that is asked once an hour cannot tell for how long a file has been away. */
  readonly hasStaleKeys: boolean;
}

/** The sealing thread could not seal, or died at it; in both cases nothing was changed. */
export class SealingFailed extends Error {
  constructor(readonly failure: ReturnType<typeof describeError>) {
    super(failure.error);
    this.name = 'SealingFailed';
  }
}

/** Compiled, whether this file is or is loaded as TypeScript by the tests: a thread takes JavaScript only. */
const ENTRY = new URL('../../../dist/cens/sealing/sealing-thread.entry.js', import.meta.url);

/**
 * Seals in a thread of its own, on its own connection: reading, decrypting, sorting, encoding and writing millions of
 * CENs never holds up a request. The thread is started when it is first needed, and again when it has died.
 */
@Injectable()
export class SealingThread implements OnApplicationShutdown {
  private worker: Worker | undefined;

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** @throws {SealingFailed} */
  async seal(): Promise<SealingOutcome> {
    const worker = (this.worker ??= this.start());
    const answer = await ask(worker, { hasStaleKeys: this.keys.isStale() });
    if ('failure' in answer) throw new SealingFailed(answer.failure);
    return answer.outcome;
  }

  /** Ends the thread where it is: an unfinished sealing is rolled back by Postgres. */
  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const workerData: SealingThreadData = { config: this.config, databaseUrl: this.database.url };
    const worker = new Worker(ENTRY, { workerData });
    // One that has failed is asked nothing more, though it takes a moment to end. An 'error' that nobody listens to would end this process.
    const letGo = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    worker.on('error', letGo).once('exit', letGo);
    return worker;
  }
}

async function ask(worker: Worker, request: SealingRequest): Promise<SealingAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: SealingAnswer) => {
      worker.off('message', settle).off('error', fail).off('exit', leave);
      resolve(answer);
    };
    const fail = (error: Error) => settle({ failure: { error: error.name } });
    const leave = () => settle({ failure: { error: 'SealingThreadEnded' } });
    worker.on('message', settle).on('error', fail).on('exit', leave);
    worker.postMessage(request);
  });
}
