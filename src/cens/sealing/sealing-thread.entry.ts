import { parentPort, workerData } from 'node:worker_threads';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KeyRing } from '../../platform/keys/index.js';
import { describeError } from '../../platform/logging/index.js';
import { SealingThreadModule } from './sealing-thread.module.js';
import type { SealingAnswer, SealingRequest } from './sealing-thread.js';
import { Sealing } from './sealing.js';
import { stepBack } from './step-back.js';

stepBack();

const app = await NestFactory.createApplicationContext(SealingThreadModule.of(workerData), {
  logger: ['error', 'fatal'],
  abortOnError: false,
});
const sealing = app.get(Sealing);
const port = parentPort!;

/** Each message asks for one sealing and gets one answer. */
port.on('message', (request: SealingRequest) => void answer(request));

async function answer(request: SealingRequest): Promise<void> {
  const answered = await seal(request);
  port.postMessage(answered);
  if (!('outcome' in answered) || answered.outcome.kind !== 'sealed') return;
  await settle(answered.outcome.slot);
}

/** The slot is published, whatever comes of this. */
async function settle(slot: number): Promise<void> {
  try {
    await sealing.settle(slot);
  } catch (error) {
    new Logger('Sealing').error({ event: 'a slot was sealed, but not settled', slot, ...describeError(error) });
  }
}

async function seal({ hasStaleKeys }: SealingRequest): Promise<SealingAnswer> {
  try {
    const keys = app.get(KeyRing);
    keys.refresh();
    keys.setUsable(!hasStaleKeys);
    return { outcome: await sealing.seal() };
  } catch (error) {
    return { failure: describeError(error) };
  }
}
