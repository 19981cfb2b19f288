import { createHash, createPublicKey, verify } from 'node:crypto';
import { type HttpAnswer, json } from './http-client.js';
import { hexCens } from './packed-report.js';

/** The index as protocol section 3 and 9 pin it. */
export interface IndexJson {
  readonly region: string;
  readonly parent: string | null;
  readonly children: string[];
  readonly batches: {
    start: number;
    part: number;
    count: number;
    sealedAt: number;
    encodings: Record<string, FileJson>;
  }[];
  readonly days: { date: string; count: number; batches: number; encodings: Record<string, FileJson> }[];
}

export interface FileJson {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface KeysJson {
  readonly keys: { kty: string; crv: string; x: string; kid: string; use: string; alg: string }[];
}

export const indexOf = (answer: HttpAnswer): IndexJson => json<IndexJson>(answer);

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** RFC 7638: SHA-256 of the required members in lexical order; the protocol takes its first 8 bytes. */
export function keyIdOf(x: string): string {
  return sha256Hex(Buffer.from(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)).slice(0, 16);
}

function verifies(x: string, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
}

/** Checks `CEN-Signature` (protocol section 3) with node:crypto alone; gives its `validUntil`. */
export function verifySignature(
  answer: Pick<HttpAnswer, 'headers'>,
  body: Uint8Array,
  keys: readonly string[],
): number {
  const [, keyId, validUntil, signature] =
    /^([0-9a-f]{16}):(\d+):([A-Za-z0-9_-]{86})$/.exec(String(answer.headers['cen-signature'])) ?? [];
  const x = keys.find((key) => keyIdOf(key) === keyId);
  if (x === undefined) throw new Error(`signed by an unknown key: ${String(answer.headers['cen-signature'])}`);
  const message = Buffer.concat([Buffer.from(`${validUntil}\n`), body]);
  if (!verifies(x, message, Buffer.from(signature!, 'base64url'))) throw new Error('the signature is wrong');
  return Number(validUntil);
}

/** One batch file of protocol section 7, read independently of the client. */
export interface BatchFile {
  readonly encoding: 'full' | 'compact';
  readonly region: bigint;
  readonly start: number;
  readonly slotSeconds: number;
  readonly sealedAt: number;
  readonly count: number;
  readonly part: number;
  /** In hex, of the full encoding; else empty. */
  readonly cens: string[];
  readonly bytes: number;
}

/** Reads header and signature of the first batch in `bytes`. @throws when the signature is wrong */
export function readBatchFile(bytes: Buffer, keys: readonly string[]): BatchFile {
  const header = bytes.subarray(0, 64);
  const payloadBytes = header.readUInt32LE(52);
  const payload = bytes.subarray(64, 64 + payloadBytes);
  const signature = bytes.subarray(64 + payloadBytes, 128 + payloadBytes);
  const x = keys.find((key) => keyIdOf(key) === header.toString('hex', 56, 64));
  const message = Buffer.concat([header, createHash('sha256').update(payload).digest()]);
  if (header.toString('latin1', 0, 4) !== 'CENB' || header[4] !== 1) throw new Error('not a batch file');
  if (x === undefined || !verifies(x, message, signature)) throw new Error('the signature of the batch is wrong');
  return {
    encoding: header[5] === 0 ? 'full' : 'compact',
    region: header.readBigUInt64LE(8),
    start: header.readUInt32LE(16),
    slotSeconds: header.readUInt32LE(20),
    sealedAt: header.readUInt32LE(24),
    count: header.readUInt32LE(28),
    part: header[49]!,
    cens: header[5] === 0 ? hexCens(payload) : [],
    bytes: 128 + payloadBytes,
  };
}

/** The batch files of a day bundle, one after another. */
export function readBundle(bytes: Buffer, keys: readonly string[]): BatchFile[] {
  const files: BatchFile[] = [];
  for (let at = 0; at < bytes.length; at += files.at(-1)!.bytes) files.push(readBatchFile(bytes.subarray(at), keys));
  return files;
}
