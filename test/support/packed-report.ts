import { randomBytes } from 'node:crypto';

/** Region and packed CENs of a group. */
export interface PackedGroup {
  readonly cell: bigint;
  readonly cens: Uint8Array;
}

/** The `application/vnd.cen.report` body of protocol section 4, written down independently of the client. */
export function packReport(groups: readonly PackedGroup[], padTo?: number): Buffer {
  const packed = groups.flatMap(({ cell, cens }) => {
    const head = Buffer.alloc(12);
    head.writeBigUInt64LE(cell, 0);
    head.writeUInt32LE(cens.length / 16, 8);
    return [head, cens];
  });
  const body = Buffer.concat(packed);
  return padTo === undefined ? body : Buffer.concat([body], padTo);
}

export function randomCens(count: number): Buffer {
  return randomBytes(16 * count);
}

/** 22 characters of base64url. */
export function newIdempotencyKey(): string {
  return randomBytes(16).toString('base64url');
}

/** Each CEN in hex. */
export function hexCens(cens: Uint8Array): string[] {
  return Buffer.from(cens).toString('hex').match(/.{32}/g) ?? [];
}
