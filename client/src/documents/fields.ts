/** Reading JSON that somebody else wrote, field by field, without a schema library: a client has to be small. */

export type JsonObject = Record<string, unknown>;

/** Thrown with the name of the first field that is not what it should be; callers turn it into their own error. */
export class FieldError extends Error {}

export function asObject(value: unknown, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FieldError(`${name} is no object`);
  return value as JsonObject;
}

export function asArray(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new FieldError(`${name} is no array`);
  return value;
}

export function asString(value: unknown, name: string, pattern = /^/): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new FieldError(`${name} is not what it should be`);
  return value;
}

/** A whole number from 0 to 2^53 − 1. */
export function asCount(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new FieldError(`${name} is no whole number`);
  return value as number;
}

/** A whole number from `least` to `most`. */
export function asCountWithin(value: unknown, name: string, { least, most }: { least: number; most: number }): number {
  const count = asCount(value, name);
  if (count < least || count > most) throw new FieldError(`${name} is not from ${least} to ${most}`);
  return count;
}
