// What the vectors are made with: fixed randomness, keys from fixed seeds, and a compact encoder written from protocol §7
// word for word, with big integers, which can also write what the real one never would.
import { createCipheriv, createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { ed25519KeyId } from 'cen-client/encode';

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export function aesEcb(key, blocks) {
  return createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(blocks);
}

/** A stream of bytes that is the same in every run: SHA-256 of a name and a counter. */
export function bytesNamed(name, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => sha256(`cen vectors: ${name} ${i}`));
  return Buffer.concat(blocks).subarray(0, length);
}

/** An Ed25519 key from a fixed seed. */
export function keyNamed(name) {
  const seed = bytesNamed(`key ${name}`, 32);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(secret).export({ format: 'jwk' });
  const keyId = ed25519KeyId(Buffer.from(x, 'base64url'), sha256);
  return { keyId, x, seed: seed.toString('hex'), sign: (message) => sign(null, message, secret) };
}

/** `v` of each CEN, ascending. */
export function hashes(cens, salt, w) {
  const values = cens.map((cen) => {
    const h = aesEcb(salt, cen).map((byte, i) => byte ^ cen[i]);
    return h.readBigUInt64LE(0) >> BigInt(64 - w);
  });
  return values.sort((a, b) => (a < b ? -1 : 1));
}

/** The parts of one block; changing them before `blockBytes` makes a malformed one. */
export function block(offsets, P) {
  const bits = [];
  const remainders = [];
  let previous = -1n;
  for (const r of offsets) {
    const gap = r - previous - 1n;
    previous = r;
    for (let q = gap >> BigInt(P); q > 0n; q--) bits.push(0);
    bits.push(1);
    remainders.push(gap & ((1n << BigInt(P)) - 1n));
  }
  const quotients = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (quotients[i >> 3] |= bit << (i & 7)));
  return { entries: offsets.length, quotients, remainders, P };
}

export function blockBytes({ entries, quotients, remainders, P }) {
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries);
  const words = remainders.map((remainder) => {
    const word = Buffer.alloc(8);
    word.writeBigUInt64LE(remainder);
    return word.subarray(0, P / 8);
  });
  return Buffer.concat([count, quotients, ...words]);
}

/** The payload of given hashes, `w` bits each, ascending. */
export function compactPayload(values, { w, b, P }) {
  const rest = BigInt(w - b);
  const blocks = Array.from({ length: 2 ** b }, (_, k) =>
    block(
      values.filter((v) => v >> rest === BigInt(k)).map((v) => v & ((1n << rest) - 1n)),
      P,
    ),
  );
  return payloadOf(blocks.map(blockBytes));
}

export function payloadOf(blocks, lengths = blocks.map(({ length }) => length)) {
  const table = Buffer.alloc(2 * blocks.length);
  lengths.forEach((length, k) => table.writeUInt16LE(length, 2 * k));
  return Buffer.concat([table, ...blocks]);
}

/** A header from its fields, as they are, sensible or not. */
export function header(fields) {
  const bytes = Buffer.alloc(64);
  bytes.write(fields.magic ?? 'CENB', 0, 'latin1');
  bytes[4] = fields.version ?? 1;
  bytes[5] = fields.encoding ?? 1;
  bytes[6] = fields.w ?? 0;
  bytes[7] = fields.P ?? 0;
  bytes.writeBigUInt64LE(fields.region ?? 0n, 8);
  bytes.writeUInt32LE(fields.slotStart, 16);
  bytes.writeUInt32LE(fields.slotSeconds, 20);
  bytes.writeUInt32LE(fields.sealedAt, 24);
  bytes.writeUInt32LE(fields.n, 28);
  bytes.set(fields.salt ?? [], 32);
  bytes[48] = fields.b ?? 0;
  bytes[49] = fields.part ?? 0;
  bytes.writeUInt16LE(fields.reserved ?? 0, 50);
  bytes.writeUInt32LE(fields.payloadBytes, 52);
  bytes.write(fields.keyId, 56, 'hex');
  return bytes;
}

/** header ‖ payload ‖ signature. */
export function fileOf(headerBytes, payload, key) {
  return Buffer.concat([headerBytes, payload, key.sign(Buffer.concat([headerBytes, sha256(payload)]))]);
}
