import { PlatformError } from './platform-errors.js';

interface MediaRange {
  readonly type: string;
  /** 0 to 1; 0 refuses. */
  readonly weight: number;
}

/**
 * Of the media types that an answer is offered in, the one that the `Accept` header prefers (RFC 9110 section 12.5.1); the
 * first of equals, and without a header.
 * @throws PlatformError `not-acceptable`
 */
export function preferredMediaType<Type extends string>(accept: string | undefined, offered: readonly Type[]): Type {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = accept.toLowerCase().split(',').map(mediaRange);
  const weighed = offered.map((type) => ({ type, weight: weightOf(type, ranges) }));
  const best = weighed.reduce((one, other) => (other.weight > one.weight ? other : one));
  if (best.weight > 0) return best.type;
  throw new PlatformError('not-acceptable', { detail: `This is answered as ${offered.join(', ')}.` });
}

function mediaRange(text: string): MediaRange {
  const [type, ...parameters] = text.split(';').map((part) => part.trim());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

/** The weight of the most specific range that covers the type; 0 if none does. */
function weightOf(type: string, ranges: readonly MediaRange[]): number {
  for (const covering of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === covering);
    if (range !== undefined) return range.weight;
  }
  return 0;
}
