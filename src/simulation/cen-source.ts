import { createCipheriv, createHash, type Cipher } from 'node:crypto';

const CEN_BYTES = 16;
const CENS_PER_DRAW = 4096;

/** CENs as random as those of phones, and the same again for the same seed: the key stream of AES-CTR. */
export class CenSource {
  private readonly stream: Cipher;
  private drawn = new Uint8Array(0);
  private at = 0;

  constructor(seed: number) {
    const key = createHash('sha256').update(`cen ${seed}`).digest();
    this.stream = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  }

  next(): Uint8Array {
    if (this.at === this.drawn.length) {
      this.drawn = new Uint8Array(this.stream.update(Buffer.alloc(CENS_PER_DRAW * CEN_BYTES)));
      this.at = 0;
    }
    return this.drawn.subarray(this.at, (this.at += CEN_BYTES));
  }
}
