import { z } from 'zod';

/** NUL, which Postgres refuses, other control characters, and those that turn the direction of what others read after them. */
const UNREADABLE = /[\p{Cc}\p{Bidi_Control}]/u;

export const READABLE = 'takes no control characters';

/** Whether text that somebody enters is what others will see of it, on a screen or a printed sheet. */
export function isReadable(text: string): boolean {
  return !UNREADABLE.test(text);
}

/** A line of text that people enter and others read. */
export function line(mostCharacters: number) {
  return z.string().trim().min(1).max(mostCharacters).refine(isReadable, READABLE);
}
