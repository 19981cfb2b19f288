import { randomFillSync } from 'node:crypto';

const WORDS = 4;
const EMPTY = 0;
/** A mark for each value of a hash's upper 17 bits: 128 KiB. Of the CENs of a long report, one in 16 shares its mark with another. */
const MARK_BITS = 17;
const MARK_SHIFT = 32 - MARK_BITS;
const SET = 1;
const SHARED = 2;

/** Scratch memory of all calls, which are synchronous: allocating it each time cost as much as the work itself. */
const keys = new Int32Array(2 * WORDS);
let hashes = new Int32Array(0);
const marks = new Uint8Array(2 ** MARK_BITS);
/** In groups up to this size each CEN is compared with each: a report of thousands of them clears no marks. */
const FEW = 8;

/**
 * Moves the distinct CENs of `words` (four i32 a CEN) to its front, in their first order.
 *
 * A byte for each of many hashes tells that most CENs are new; only those that share theirs with another are looked at
 * one by one. The hash has keys that are drawn per call: a sender who does not know them cannot make CENs collide, so the
 * cost stays linear. Measured (bench `parse`, in the time of SHA-256 of the body): 1.0; with bits in place of bytes, or more of
 * either than there are now, 1.1 to 1.2; with a table of all CENs 1.1 to 1.4; with that and unsigned words, which V8
 * converts one by one, 1.5; with a Set of strings 10.
 * @returns the front of `words`; what is behind it is of no use any more
 */
export function distinctCens(words: Int32Array): Int32Array {
  const count = words.length / WORDS;
  const repeated = count <= FEW ? compareAll(words, count) : findRepeated(words, findSharing(words, count));
  return repeated.length === 0 ? words : without(words, repeated);
}

function compareAll(words: Int32Array, count: number): number[] {
  const repeated: number[] = [];
  for (let cen = 1; cen < count; cen++) {
    let before = 0;
    while (before < cen && !areEqual(words, before, cen)) before++;
    if (before < cen) repeated.push(cen);
  }
  return repeated;
}

/** Indexes, ascending, of the CENs that share their mark with another: all that are repeated, and a few more. */
function findSharing(words: Int32Array, count: number): number[] {
  if (hashes.length < count) hashes = new Int32Array(count);
  marks.fill(0);
  return setMarks(words, hashes) ? collectSharing(hashes, count) : [];
}

/** Hashes every CEN and sets the marks that the hashes' upper bits name. True if one was set twice. */
function setMarks(words: Int32Array, into: Int32Array): boolean {
  randomFillSync(keys);
  // One by one: taking them apart by iteration made the loop half as slow again.
  const k0 = keys[0];
  const k1 = keys[1];
  const k2 = keys[2];
  const k3 = keys[3];
  const k4 = keys[4];
  const k5 = keys[5];
  const k6 = keys[6];
  const k7 = keys[7];
  let met = 0;
  for (let at = 0; at < words.length; at += WORDS) {
    const a = words[at];
    const b = words[at + 1];
    const c = words[at + 2];
    const d = words[at + 3];
    // Pair-multiply-shift of 16-bit halves (Thorup 2015, High Speed Hashing for Integers and Strings): Σ (k + x)(k' + y).
    // The hashes of two CENs differ by a sum in which some key is multiplied by a difference of two halves, which is not 0 and
    // below 2^16: by a multiple of some 2^t, t ≤ 15, each of which is as likely. So the upper 17 bits
    // agree with a probability of at most 2^-16 for whoever does not know the keys. Whole words times 32-bit keys would not
    // do: of words that differ in their upper bits alone, thousands meet.
    const ab =
      Math.imul((k0 + (a >>> 16)) | 0, (k1 + (a & 0xffff)) | 0) +
      Math.imul((k2 + (b >>> 16)) | 0, (k3 + (b & 0xffff)) | 0);
    const cd =
      Math.imul((k4 + (c >>> 16)) | 0, (k5 + (c & 0xffff)) | 0) +
      Math.imul((k6 + (d >>> 16)) | 0, (k7 + (d & 0xffff)) | 0);
    const hash = ((ab | 0) + (cd | 0)) | 0;
    into[at >>> 2] = hash;
    const mark = hash >>> MARK_SHIFT;
    const before = marks[mark];
    met |= before;
    marks[mark] = before === 0 ? SET : SHARED;
  }
  return met !== 0;
}

function collectSharing(from: Int32Array, count: number): number[] {
  const sharing: number[] = [];
  for (let cen = 0; cen < count; cen++) if (marks[from[cen] >>> MARK_SHIFT] === SHARED) sharing.push(cen);
  return sharing;
}

/** Of these CENs, the indexes of those that are there before: open addressing by their hashes, half full at most. */
function findRepeated(words: Int32Array, sharing: readonly number[]): number[] {
  const bits = Math.ceil(Math.log2(sharing.length * 2 + 1));
  const slots = new Int32Array(2 ** bits);
  const repeated: number[] = [];
  for (const cen of sharing) {
    let slot = hashes[cen] >>> (32 - bits);
    while (slots[slot] !== EMPTY && !areEqual(words, slots[slot] - 1, cen)) slot = (slot + 1) & (slots.length - 1);
    if (slots[slot] === EMPTY) slots[slot] = cen + 1;
    else repeated.push(cen);
  }
  return repeated;
}

function areEqual(words: Int32Array, one: number, other: number): boolean {
  const a = one * WORDS;
  const b = other * WORDS;
  return (
    words[a] === words[b] &&
    words[a + 1] === words[b + 1] &&
    words[a + 2] === words[b + 2] &&
    words[a + 3] === words[b + 3]
  );
}

/** Closes the gaps that the CENs of these indexes, ascending, leave. */
function without(words: Int32Array, indexes: readonly number[]): Int32Array {
  let kept = 0;
  let from = 0;
  for (const index of [...indexes, words.length / WORDS]) {
    if (kept !== from) words.copyWithin(kept * WORDS, from * WORDS, index * WORDS);
    kept += index - from;
    from = index + 1;
  }
  return words.subarray(0, kept * WORDS);
}
