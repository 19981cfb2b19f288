import { randomFillSync } from 'node:crypto';

const WORDS = 4;
const EMPTY = 0;

/** Scratch memory of all calls, which are synchronous: allocating it each time cost as much as the work itself. */
const keys = new Uint32Array(WORDS);
let table = new Uint32Array(0);

/**
 * Moves the distinct CENs of `words` (four little-endian u32 a CEN) to its front, in their first order.
 *
 * Open addressing over the words, half full at most, under keys drawn per call: a sender who does not know them cannot
 * make CENs collide, so the cost stays linear (measured: about that of SHA-256 of the same bytes; a Set of strings takes
 * ten times as long).
 * @returns the front of `words`; what is behind it is of no use any more
 */
export function distinctCens(words: Uint32Array): Uint32Array {
  const slots = clearedTable(words.length / WORDS);
  const mask = slots.length - 1;
  randomFillSync(keys);
  const k0 = keys[0] | 1;
  const k1 = keys[1] | 1;
  const k2 = keys[2] | 1;
  const k3 = keys[3] | 1;
  let kept = 0;
  for (let from = 0; from < words.length; from += WORDS) {
    const a = words[from];
    const b = words[from + 1];
    const c = words[from + 2];
    const d = words[from + 3];
    const sum = (Math.imul(a, k0) + Math.imul(b, k1) + Math.imul(c, k2) + Math.imul(d, k3)) | 0;
    let slot = ((sum >>> 15) ^ sum) & mask;
    let seen = slots[slot];
    while (seen !== EMPTY) {
      const at = (seen - 1) * WORDS;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) break;
      slot = (slot + 1) & mask;
      seen = slots[slot];
    }
    if (seen !== EMPTY) continue;
    const to = kept * WORDS;
    if (to !== from) words.copyWithin(to, from, from + WORDS);
    kept += 1;
    slots[slot] = kept;
  }
  return words.subarray(0, kept * WORDS);
}

/** An empty table of the power of two that is at most half full with `count` entries. */
function clearedTable(count: number): Uint32Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, count) * 2));
  if (table.length < size) table = new Uint32Array(size);
  return table.subarray(0, size).fill(EMPTY);
}
