import { parentPort } from 'node:worker_threads';
import { sortGrouped } from 'cen-client/encode';
import { type BatchFiles, buildBatchFiles } from './batch-file.js';
import type { EncodingRequest } from './encoding-thread.js';

const port = parentPort!;

let files: Iterator<BatchFiles, void>;

/** Each message gets one answer: the next part, or undefined after the last. */
port.on('message', (request: EncodingRequest) => {
  if (request !== 'next') files = buildBatchFiles({ ...request, sorted: sortGrouped(request.cens) });
  const { value } = files.next();
  port.postMessage(value, value === undefined ? [] : ownBuffersOf(value));
});

/** The compact file changes hands; the CENs of the full one lie in memory that both threads have. */
function ownBuffersOf({ compact }: BatchFiles): ArrayBuffer[] {
  return compact.pieces.map(({ buffer }) => buffer as ArrayBuffer);
}
