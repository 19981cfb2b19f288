import { parentPort, workerData } from 'node:worker_threads';
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
const port = parentPort!;

/** Each message asks for one sealing and gets one answer. */
port.on('message', (request: SealingRequest) => void seal(request).then((answer) => port.postMessage(answer)));

async function seal({ hasStaleKeys }: SealingRequest): Promise<SealingAnswer> {
  try {
    const keys = app.get(KeyRing);
    keys.refresh();
    keys.setUsable(!hasStaleKeys);
    return { outcome: await app.get(Sealing).seal() };
  } catch (error) {
    return { failure: describeError(error) };
  }
}
