/**
 * Why a batch file was refused. Stable: apps and the test vectors (`test/vectors/vectors.json`) refer to these by name.
 * `docs/batch-format.md` lists the check behind each.
 */
export type BatchErrorCode =
  | 'truncated'
  | 'trailing-bytes'
  | 'bad-magic'
  | 'unsupported-version'
  | 'unknown-encoding'
  | 'bad-region'
  | 'bad-slot'
  | 'bad-sealed-at'
  | 'bad-count'
  | 'bad-remainder-bits'
  | 'bad-hash-bits'
  | 'bad-block-bits'
  | 'bad-salt'
  | 'bad-reserved'
  | 'bad-payload-length'
  | 'bad-block-length'
  | 'bad-entry-count'
  | 'bad-quotients'
  | 'bad-padding'
  | 'out-of-range'
  | 'not-ascending'
  | 'unknown-key'
  | 'bad-signature'
  | 'from-the-future'
  | 'unexpected-batch'
  | 'bad-checksum'
  | 'too-long';

/** The one error that reading a batch throws because of what is in the file. A failing source throws its own error. */
export class BatchError extends Error {
  override readonly name = 'BatchError';

  constructor(
    readonly code: BatchErrorCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
