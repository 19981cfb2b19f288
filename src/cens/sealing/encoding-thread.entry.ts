import { parentPort } from 'node:worker_threads';
import { sortGrouped } from 'cen-client/encode';
import { type BatchPart, buildBatchFiles, type SignedFile, type UnfinishedPart } from './batch-file.js';
import type { EncodingRequest } from './encoding-thread.js';

const port = parentPort!;

let parts: Iterator<UnfinishedPart, void>;
let part: UnfinishedPart;

/** Each message gets one answer. */
port.on('message', (request: EncodingRequest) => {
  if (request === 'compact') answerCompact(part.compact());
  else answerPart(request);
});

/** The next part without its compact file, or undefined after the last. */
function answerPart(request: Exclude<EncodingRequest, 'compact'>): void {
  if (request !== 'next') parts = buildBatchFiles({ ...request, sorted: sortGrouped(request.cens) });
  const { value } = parts.next();
  if (value === undefined) return port.postMessage(undefined);
  part = value;
  const { part: number, count, full } = value;
  port.postMessage({ part: number, count, full } satisfies BatchPart);
}

/** The compact file changes hands; the CENs of the full one lie in memory that both threads have. */
function answerCompact(file: SignedFile): void {
  port.postMessage(
    file,
    file.pieces.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
