/** What a server needs to make batches and to sign documents. Brings no cryptography of its own: it is given. */
export { CEN_BYTES, HEADER_BYTES, MAX_CENS, SIGNATURE_BYTES } from '../batch/shape.js';
export type { RemainderBits } from '../batch/shape.js';
export { readHeader } from '../batch/header.js';
export type { BatchEncoding, BatchHeader, BatchMeta, CompactHeader, FullHeader } from '../batch/header.js';
export { cenOfPreimage } from '../cen.js';
export type { EcbEncrypt, RandomBytes, Sha256 } from '../crypto/functions.js';
export { CEN_SIGNATURE_HEADER, formatCenSignature, signedDocument } from '../documents/cen-signature.js';
export type { CenSignature } from '../documents/cen-signature.js';
export { ed25519KeyId } from '../documents/key-id.js';
export {
  CELL_RESOLUTION,
  isRegion,
  lineage,
  parentRegion,
  parseRegionId,
  regionId,
  resolutionOf,
  WORLD,
} from '../regions/region.js';
export { encodeCompact } from './encode-compact.js';
export type { CompactOptions } from './encode-compact.js';
export { encodeFull, frameFull } from './encode-full.js';
export type { FullFrame } from './encode-full.js';
export { dropDuplicates, groupByFirstByte, sortGrouped, sortGroups, sortUnique } from './sort-unique.js';
export type { GroupedCens } from './sort-unique.js';
export { withSignature } from './unsigned-batch.js';
export type { UnsignedBatch } from './unsigned-batch.js';
