import { copyOf, fromHex, toHex } from '../bytes.js';
import { isRegion } from '../regions/region.js';
import { BatchError } from './batch-error.js';
import { blockBits, CEN_BYTES, compactPayloadBounds, HEADER_BYTES, hashBits, MAX_CENS, SALT_BYTES } from './shape.js';
import type { RemainderBits } from './shape.js';

/** What names a batch and is the same in both of its encodings. */
export interface BatchMeta {
  /** H3 index, 0n = world. */
  readonly region: bigint;
  /** Unix second at which the slot starts. */
  readonly slotStart: number;
  /** Slot length in seconds; divides a UTC day. */
  readonly slotSeconds: number;
  /** Unix seconds. Only observations made at or before it match. */
  readonly sealedAt: number;
  /** 0 unless the region had more than 2^23 − 1 CENs in the slot. */
  readonly part: number;
  /** The signing key: 16 lower-case hex digits, the first 8 bytes of its RFC 7638 thumbprint. */
  readonly keyId: string;
}

interface CommonHeader extends BatchMeta {
  /** `n`, the number of CENs in the batch, decoys included. */
  readonly count: number;
  readonly payloadBytes: number;
}

export interface FullHeader extends CommonHeader {
  readonly encoding: 'full';
}

export interface CompactHeader extends CommonHeader {
  readonly encoding: 'compact';
  /** `w`. */
  readonly hashBits: number;
  /** `P`. */
  readonly remainderBits: RemainderBits;
  /** `b`: there are 2^b blocks. */
  readonly blockBits: number;
  readonly salt: Uint8Array;
}

export type BatchHeader = FullHeader | CompactHeader;
export type BatchEncoding = BatchHeader['encoding'];

const MAGIC = 0x424e4543; // 'CENB', little-endian
const VERSION = 1;
const ENCODINGS: readonly BatchEncoding[] = ['full', 'compact'];
const DAY_SECONDS = 86_400;
const U32_MAX = 0xffff_ffff;

/** Writes the 64 bytes of protocol §7 at the start of `file`. Throws RangeError for values that no reader would accept. */
export function writeHeader(file: Uint8Array, header: BatchHeader): void {
  const view = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint8(5, ENCODINGS.indexOf(header.encoding));
  view.setBigUint64(8, header.region, true);
  view.setUint32(16, header.slotStart, true);
  view.setUint32(20, header.slotSeconds, true);
  view.setUint32(24, header.sealedAt, true);
  view.setUint32(28, header.count, true);
  view.setUint8(49, header.part);
  view.setUint32(52, header.payloadBytes, true);
  file.set(fromHex(header.keyId), 56);
  if (header.encoding === 'compact') {
    view.setUint8(6, header.hashBits);
    view.setUint8(7, header.remainderBits);
    file.set(header.salt, 32);
    view.setUint8(48, header.blockBits);
  }
}

/** Throws RangeError unless a reader would accept a batch with these fields: the encoder's side of `readHeader`. */
export function checkMeta(meta: BatchMeta, count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > MAX_CENS) {
    throw new RangeError(`a batch holds 1 to ${MAX_CENS} CENs, not ${count}`);
  }
  const wrong = metaProblem(meta);
  if (wrong) throw new RangeError(wrong.detail);
  if (!Number.isInteger(meta.part) || meta.part < 0 || meta.part > 0xff) throw new RangeError('part is 0 to 255');
  if (!/^[0-9a-f]{16}$/.test(meta.keyId)) throw new RangeError('key id is 16 lower-case hex digits');
}

/**
 * Reads the 64 bytes at the start of `bytes` as hostile input: every field is checked against the others and against
 * protocol §7, so that what is returned can be used without further thought. Throws BatchError.
 */
export function readHeader(bytes: Uint8Array): BatchHeader {
  if (bytes.length < HEADER_BYTES) throw new BatchError('truncated', 'the file ends inside its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  if (view.getUint32(0, true) !== MAGIC) throw new BatchError('bad-magic', 'not a batch file');
  if (view.getUint8(4) !== VERSION) throw new BatchError('unsupported-version', `version ${view.getUint8(4)}`);
  const encoding = ENCODINGS[view.getUint8(5)];
  if (!encoding) throw new BatchError('unknown-encoding', `encoding ${view.getUint8(5)}`);

  const common: CommonHeader = {
    region: view.getBigUint64(8, true),
    slotStart: view.getUint32(16, true),
    slotSeconds: view.getUint32(20, true),
    sealedAt: view.getUint32(24, true),
    count: view.getUint32(28, true),
    part: view.getUint8(49),
    payloadBytes: view.getUint32(52, true),
    keyId: toHex(bytes.subarray(56, 64)),
  };
  const wrong = metaProblem(common);
  if (wrong) throw new BatchError(wrong.code, wrong.detail);
  if (common.count < 1 || common.count > MAX_CENS) throw new BatchError('bad-count', `n is ${common.count}`);
  if (view.getUint16(50, true) !== 0) throw new BatchError('bad-reserved', 'reserved bytes are not zero');
  return encoding === 'full' ? fullHeader(common, view, bytes) : compactHeader(common, view, bytes);
}

function fullHeader(common: CommonHeader, view: DataView, bytes: Uint8Array): FullHeader {
  expectField('bad-hash-bits', 'w', view.getUint8(6), 0);
  expectField('bad-remainder-bits', 'P', view.getUint8(7), 0);
  expectField('bad-block-bits', 'b', view.getUint8(48), 0);
  if (bytes.subarray(32, 48).some((byte) => byte !== 0)) throw new BatchError('bad-salt', 'a full batch has no salt');
  expectField('bad-payload-length', 'payload length', common.payloadBytes, common.count * CEN_BYTES);
  return { encoding: 'full', ...common };
}

function compactHeader(common: CommonHeader, view: DataView, bytes: Uint8Array): CompactHeader {
  const remainderBits = view.getUint8(7);
  if (remainderBits !== 40 && remainderBits !== 32) {
    throw new BatchError('bad-remainder-bits', `P is ${remainderBits}, neither 40 nor 32`);
  }
  const { count, payloadBytes } = common;
  expectField('bad-hash-bits', 'w', view.getUint8(6), hashBits(count, remainderBits));
  expectField('bad-block-bits', 'b', view.getUint8(48), blockBits(count));
  const { least, most } = compactPayloadBounds(count, remainderBits);
  if (payloadBytes < least || payloadBytes > most) {
    throw new BatchError('bad-payload-length', `${count} CENs take ${least} to ${most} bytes, not ${payloadBytes}`);
  }
  return {
    encoding: 'compact',
    ...common,
    hashBits: hashBits(count, remainderBits),
    remainderBits,
    blockBits: blockBits(count),
    salt: copyOf(bytes.subarray(32, 32 + SALT_BYTES)),
  };
}

type FieldCode = 'bad-hash-bits' | 'bad-remainder-bits' | 'bad-block-bits' | 'bad-payload-length';

function expectField(code: FieldCode, name: string, found: number, expected: number): void {
  if (found !== expected) throw new BatchError(code, `${name} is ${found}, not ${expected}`);
}

function metaProblem(
  meta: BatchMeta,
): { code: 'bad-region' | 'bad-slot' | 'bad-sealed-at'; detail: string } | undefined {
  const { region, slotStart, slotSeconds, sealedAt } = meta;
  if (!isRegion(region))
    return { code: 'bad-region', detail: `${region} is neither 0 nor an H3 cell that can be a region` };
  if (!isU32(slotSeconds) || slotSeconds < 1 || DAY_SECONDS % slotSeconds !== 0) {
    return { code: 'bad-slot', detail: `a slot of ${slotSeconds} s does not divide a day` };
  }
  if (!isU32(slotStart) || slotStart % slotSeconds !== 0) {
    return { code: 'bad-slot', detail: `no slot of ${slotSeconds} s starts at ${slotStart}` };
  }
  if (!isU32(sealedAt) || sealedAt < slotStart + slotSeconds) {
    return { code: 'bad-sealed-at', detail: `sealed at ${sealedAt}, before the end of its slot` };
  }
  return undefined;
}

function isU32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= U32_MAX;
}
