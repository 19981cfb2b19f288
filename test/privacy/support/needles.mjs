// Finds many byte strings in any amount of bytes in one pass.

const ANCHOR_BYTES = 3;

/** A set of byte strings, each with what it stands for. Bytes are found by three of their own, then compared in full. */
export class Needles {
  #heads = new Uint8Array(1 << 24);
  #byHead = new Map();

  /** @param needles `{ bytes, means }` */
  constructor(needles) {
    for (const { bytes, means } of needles) {
      const anchor = anchorOf(bytes);
      const head = headAt(bytes, anchor);
      this.#heads[head] = 1;
      if (!this.#byHead.has(head)) this.#byHead.set(head, []);
      this.#byHead.get(head).push({ bytes, means, anchor });
    }
  }

  /** What is in `haystack`, in its order: `{ at, means }`. */
  findIn(haystack) {
    const found = [];
    for (let at = 0; at + ANCHOR_BYTES <= haystack.length; at++) {
      const head = haystack[at] | (haystack[at + 1] << 8) | (haystack[at + 2] << 16);
      if (this.#heads[head] === 0) continue;
      for (const { bytes, means, anchor } of this.#byHead.get(head)) {
        const start = at - anchor;
        const end = start + bytes.length;
        if (start >= 0 && end <= haystack.length && haystack.compare(bytes, 0, bytes.length, start, end) === 0)
          found.push({ at: start, means });
      }
    }
    return found;
  }
}

/** Small numbers have zero bytes at one end, which are everywhere: the anchor keeps away from them. */
function anchorOf(bytes) {
  let anchor = 0;
  for (let at = 0; at + ANCHOR_BYTES <= bytes.length; at++) {
    if (bytes.subarray(at, at + ANCHOR_BYTES).every((byte) => byte !== 0)) return at;
    anchor = at;
  }
  return anchor;
}

const headAt = (bytes, at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);

/** A CEN as anything might have written it: bytes, bytes backwards, hex, UUID, base64. */
export function formsOfCen(hex) {
  const bytes = Buffer.from(hex, 'hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const base64 = bytes.toString('base64').slice(0, 21);
  return [bytes, Buffer.from(bytes).reverse(), ...texts(hex, hex.toUpperCase(), uuid, base64)];
}

/** A permission number: digits, digits in groups, and the number that they are in eight bytes of either order. */
export function formsOfNumber(digits) {
  const little = Buffer.alloc(8);
  const big = Buffer.alloc(8);
  little.writeBigUInt64LE(BigInt(digits));
  big.writeBigUInt64BE(BigInt(digits));
  const groups = digits.match(/.{4}/g);
  return [little, big, ...texts(digits, groups.join('-'), groups.join(' '))];
}

/** An `Idempotency-Key`: as it is sent, in hex, and its 16 bytes. */
export function formsOfKey(key) {
  const bytes = Buffer.from(key, 'base64url');
  return [bytes, ...texts(key, bytes.toString('hex'))];
}

/** An upload token: its nonce and the beginning of its signature, in bytes, in hex, and as it is sent. */
export function formsOfToken(token) {
  return [...formsOfBytes(token.subarray(2, 34)), ...formsOfBytes(token.subarray(-256, -224))].concat(
    texts(token.toString('base64url').slice(4, 44)),
  );
}

/** The blinded message, by its beginning. */
export function formsOfTokenRequest(request) {
  return formsOfBytes(request.subarray(3, 35));
}

function formsOfBytes(bytes) {
  return [bytes, ...texts(bytes.toString('hex'), bytes.toString('base64url'))];
}

export function texts(...words) {
  return words.map((word) => Buffer.from(word, 'latin1'));
}
