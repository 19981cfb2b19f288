export { BatchError } from './batch/batch-error.js';
export type { BatchErrorCode } from './batch/batch-error.js';
export { readHeader } from './batch/header.js';
export type { BatchEncoding, BatchHeader, BatchMeta, CompactHeader, FullHeader } from './batch/header.js';
