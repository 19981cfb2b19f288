import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PreviewQuestion } from './preview-answer.js';
import type { VolumesQuestion } from './volumes-answer.js';

export type Question = VolumesQuestion | PreviewQuestion;

/** Compiled, whether this file is or is loaded as TypeScript by the tests: a thread takes JavaScript only. */
const ENTRY = new URL('../../../dist/operations/volumes/volumes-thread.entry.js', import.meta.url);

/** Operators look a few times in a row, and then not for days: until then the thread keeps its 100 MB, of code for the most part. */
const IDLE_MS = 60_000;

/**
 * Computes in a thread of its own what grows with the number of regions: this process serves phones as well. One question at a
 * time, whoever asks. The thread is started when it is needed, and ends when nobody has asked for a minute.
 */
@Injectable()
export class VolumesThread implements OnApplicationShutdown {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  /**
   * The answer's JSON in UTF-8. The columns of the question go to the thread and are empty afterwards.
   * @throws when the thread has died at it
   */
  async ask(question: Question): Promise<Buffer> {
    const asked = this.last.then(() => this.answer(question));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private async answer(question: Question): Promise<Buffer> {
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    try {
      return await answerOf(worker, question);
    } finally {
      this.idle = setTimeout(() => void worker.terminate(), IDLE_MS).unref();
    }
  }

  private start(): Worker {
    const worker = new Worker(ENTRY);
    const forget = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    // An 'error' that nobody listens to would end this process. It comes before the 'exit': who asks in between needs another thread.
    return worker.on('error', forget).once('exit', forget);
  }
}

async function answerOf(worker: Worker, question: Question): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stopListening = () => worker.off('message', take).off('error', fail).off('exit', leave);
    const take = (json: Uint8Array) => {
      stopListening();
      resolve(Buffer.from(json.buffer, json.byteOffset, json.byteLength));
    };
    const fail = (error: Error) => {
      stopListening();
      reject(error);
    };
    const leave = () => fail(new Error('The thread for volumes has ended.'));
    worker.on('message', take).on('error', fail).on('exit', leave);
    worker.postMessage(question, columnsOf(question));
  });
}

function columnsOf(question: Question): ArrayBuffer[] {
  const tables = question.kind === 'volumes' ? [question.volumes, question.daily] : [question.volumes];
  return tables.flatMap((table) => Object.values(table).map(({ buffer }) => buffer as ArrayBuffer));
}
