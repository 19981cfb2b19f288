import { randomFillSync } from 'node:crypto';

const WORDS = 4;
const EMPTY = 0;
/** At most 2^16 places, 128 KiB: of the CENs of a long report, one in 16 finds its place taken. */
const MOST_PLACE_BITS = 16;
/** Places of a CEN in a short group, so that a report of many of them does not clear many times what it fills. */
const PLACES_PER_CEN_BITS = 4;
/** In groups up to this size each CEN is compared with each. */
const FEW = 8;

/** Scratch memory of all calls, which are synchronous: allocating it each time cost as much as the work itself. */
const keys = new Int32Array(2 * WORDS);
/** The first CEN that came to each place, as its index + 1: small numbers, since memory is what takes the time. */
const firsts = new Uint16Array(2 ** MOST_PLACE_BITS);
/** CENs of a larger index get no place. */
const MOST_FIRSTS = 2 ** 16 - 1;
/** Those without a place: index of each, and the place that it found taken. */
let others = new Int32Array(0);

/**
 * Moves the distinct CENs of `words` (four i32 a CEN) to its front, in their first order.
 *
 * Each CEN has a place by a hash of its first half; those that find it taken, one in 16 of random ones, are looked at one by one, in
 * a table by a hash of the whole. If a quarter find it taken, they were chosen to begin alike, and all get places by the whole, too. The hashes
 * have keys that are drawn per call: a sender who does not know them cannot make whole CENs collide, so the cost stays linear.
 * Measured (bench `parse`, in the time of SHA-256 of the body): 0.8; with a byte for each of many hashes that only tells which are
 * taken, and a second pass for who took them, 1.3; with a table of all CENs 1.1 to 1.4; with that and unsigned words, which V8
 * converts one by one, 1.5; with a Set of strings 10.
 * @returns the front of `words`; what is behind it is of no use any more
 */
export function distinctCens(words: Int32Array): Int32Array {
  const count = words.length / WORDS;
  const repeated = count <= FEW ? compareAll(words, count) : findRepeated(words, count);
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

/** Indexes, ascending, of the CENs that are there before. */
function findRepeated(words: Int32Array, count: number): number[] {
  if (others.length < 2 * count) others = new Int32Array(2 * count);
  randomFillSync(keys);
  const shift = 32 - Math.min(MOST_PLACE_BITS, 32 - Math.clz32(count) + PLACES_PER_CEN_BITS);
  const later = placeByHalf(words, shift, others) ?? placeByWhole(words, shift, others);
  const bits = Math.ceil(Math.log2(2 * later + 1));
  // Open addressing, half full at most: those without a place that are not equal to whoever has it.
  const slots = new Int32Array(2 ** bits);
  const repeated: number[] = [];
  for (let at = 0; at < 2 * later; at += 2) {
    const cen = others[at];
    const first = firsts[others[at + 1]];
    const isRepeated = first !== EMPTY && areEqual(words, first - 1, cen);
    if (isRepeated || !addIfNew(slots, words, cen, hashOf(words, cen) >>> (32 - bits))) repeated.push(cen);
  }
  return repeated;
}

/** False if an equal CEN is in `slots` already. */
function addIfNew(slots: Int32Array, words: Int32Array, cen: number, from: number): boolean {
  for (let slot = from; ; slot = (slot + 1) & (slots.length - 1)) {
    const known = slots[slot];
    if (known === EMPTY) {
      slots[slot] = cen + 1;
      return true;
    }
    if (areEqual(words, known - 1, cen)) return false;
  }
}

/**
 * Gives each CEN the place that a hash of its first half names, if that is free. Writes the others down, with the place that they
 * found taken; returns how many there are. Undefined as soon as they are a quarter: of random CENs a fifth at most.
 */
function placeByHalf(words: Int32Array, shift: number, into: Int32Array): number | undefined {
  firsts.fill(EMPTY, 0, 2 ** (32 - shift));
  // One by one: taking them apart by iteration made the loop half as slow again.
  const k0 = keys[0];
  const k1 = keys[1];
  const k2 = keys[2];
  const k3 = keys[3];
  // Two numbers each, of a quarter of them.
  const most = words.length / WORDS / 2;
  let written = 0;
  for (let at = 0; at < words.length; at += WORDS) {
    const a = words[at];
    const b = words[at + 1];
    const hash =
      Math.imul((k0 + (a >>> 16)) | 0, (k1 + (a & 0xffff)) | 0) +
      Math.imul((k2 + (b >>> 16)) | 0, (k3 + (b & 0xffff)) | 0);
    const place = (hash | 0) >>> shift;
    if (firsts[place] === EMPTY && at < MOST_FIRSTS * WORDS) firsts[place] = (at >>> 2) + 1;
    else {
      if (written >= most) return undefined;
      into[written++] = at >>> 2;
      into[written++] = place;
    }
  }
  return written / 2;
}

/** The same by a hash of the whole CEN, which nobody can choose to be alike. */
function placeByWhole(words: Int32Array, shift: number, into: Int32Array): number {
  firsts.fill(EMPTY, 0, 2 ** (32 - shift));
  let written = 0;
  for (let cen = 0; cen < words.length / WORDS; cen++) {
    const place = hashOf(words, cen) >>> shift;
    if (firsts[place] === EMPTY && cen < MOST_FIRSTS) firsts[place] = cen + 1;
    else {
      into[written++] = cen;
      into[written++] = place;
    }
  }
  return written / 2;
}

/**
 * Pair-multiply-shift of 16-bit halves (Thorup 2015, High Speed Hashing for Integers and Strings): Σ (k + x)(k' + y). The hashes
 * of two CENs differ by a sum in which some key is multiplied by a difference of two halves, which is not 0 and below 2^16: by a
 * multiple of some 2^t, t ≤ 15, each of which is as likely. So their upper b ≤ 16 bits agree with a probability of at
 * most 2^-(b-1) for whoever does not know the keys. Whole words times 32-bit keys would not do: of words that differ in their
 * upper bits alone, thousands meet.
 */
function hashOf(words: Int32Array, cen: number): number {
  const a = words[cen * WORDS];
  const b = words[cen * WORDS + 1];
  const c = words[cen * WORDS + 2];
  const d = words[cen * WORDS + 3];
  const ab =
    Math.imul((keys[0] + (a >>> 16)) | 0, (keys[1] + (a & 0xffff)) | 0) +
    Math.imul((keys[2] + (b >>> 16)) | 0, (keys[3] + (b & 0xffff)) | 0);
  const cd =
    Math.imul((keys[4] + (c >>> 16)) | 0, (keys[5] + (c & 0xffff)) | 0) +
    Math.imul((keys[6] + (d >>> 16)) | 0, (keys[7] + (d & 0xffff)) | 0);
  return ((ab | 0) + (cd | 0)) | 0;
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
