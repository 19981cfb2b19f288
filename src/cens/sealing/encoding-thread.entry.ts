import { parentPort } from 'node:worker_threads';
import { dropDuplicates, sortGroups } from 'cen-client/encode';
import { type BatchPart, buildBatchFiles, type FileBegin, type SignedFile, type UnfinishedPart } from './batch-file.js';
import type { EncodingRequest, SharedOrder } from './encoding-thread.js';
import { stepBack } from './step-back.js';

stepBack();
const port = parentPort!;

let parts: Iterator<UnfinishedPart, void>;
let part: UnfinishedPart;

port.on('message', (request: EncodingRequest) => {
  if (request === 'compact') answerCompact(part.compact());
  else if (request === 'end') port.postMessage(part.full?.end());
  else if (request === 'next') answerPart(parts.next().value);
  else {
    sortGroups(request.cens, 0, request.sortedFrom);
    parts = partsOf(request);
  }
});

/** Begins when the first part is asked for: then the other thread has sorted its share. */
function* partsOf(order: SharedOrder): Generator<UnfinishedPart, void, undefined> {
  yield* buildBatchFiles({ ...order, sorted: dropDuplicates(order.cens.packed) });
}

/** The part with the begin of its full file, or undefined after the last. */
function answerPart(next: UnfinishedPart | void): void {
  if (next === undefined) return port.postMessage(undefined);
  part = next;
  const { part: number, count, full } = next;
  const begin = full && { pieces: full.pieces, size: full.size };
  port.postMessage({ part: number, count, full: begin } satisfies BatchPart<FileBegin>);
}

/** The compact file changes hands; the CENs of the full one lie in memory that both threads have. */
function answerCompact(file: SignedFile): void {
  port.postMessage(
    file,
    file.pieces.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
