/** Part of a representation: first and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Names of range units are case-insensitive (RFC 9110 section 14.1). */
const SINGLE_RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * Reads a `Range` header of one byte range (RFC 9110 section 14). Several ranges, other units and malformed ones are
 * ignored, as the RFC allows: the whole is sent.
 * @returns the range, `undefined` to send the whole, or `unsatisfiable` (416)
 */
export function parseRange(header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from, to] = SINGLE_RANGE.exec(header ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return suffixRange(Number(to), length);
  const first = Number(from);
  const last = to === '' ? Number.POSITIVE_INFINITY : Number(to);
  if (last < first) return undefined;
  return first >= length ? 'unsatisfiable' : { first, last: Math.min(last, length - 1) };
}

function suffixRange(count: number, length: number): ByteRange | 'unsatisfiable' {
  return count === 0 || length === 0 ? 'unsatisfiable' : { first: Math.max(0, length - count), last: length - 1 };
}
