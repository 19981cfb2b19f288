/** Version and variant bits of a version-4 UUID (RFC 9562 section 5.4) in little-endian u32 words of 16 bytes. */
const VERSION_MASK = 0x00f0_0000;
const VERSION_4 = 0x0040_0000;
const VARIANT_MASK = 0x0000_00c0;
const VARIANT_RFC = 0x0000_0080;

/** Tells whether every CEN, four little-endian u32 words each, has the shape of a version-4 UUID. */
export function hasUuid4Shape(words: Uint32Array): boolean {
  for (let at = 0; at < words.length; at += 4) {
    if ((words[at + 1] & VERSION_MASK) !== VERSION_4 || (words[at + 2] & VARIANT_MASK) !== VARIANT_RFC) return false;
  }
  return true;
}

/** Gives every CEN, 16 bytes each, the shape of a version-4 UUID, in place: for decoys. */
export function shapeAsUuid4(cens: Uint8Array): void {
  for (let at = 0; at < cens.length; at += 16) {
    cens[at + 6] = (cens[at + 6] & 0x0f) | 0x40;
    cens[at + 8] = (cens[at + 8] & 0x3f) | 0x80;
  }
}
