import { randomBytes } from 'node:crypto';
import { latLngToCell } from 'h3-js';
import { packReport } from '../support/packed-report.js';

/** A body to send and what was done to it. */
export interface MutatedBody {
  readonly kind: string;
  readonly mediaType: 'application/vnd.cen.report' | 'application/json';
  readonly body: Buffer;
}

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CELLS = ['world', latLngToCell(52.52, 13.405, 3), latLngToCell(-33.9, 18.4, 1)];
const ODD_CELLS = [
  1n,
  7n,
  2n ** 63n,
  2n ** 64n - 1n,
  BigInt(`0x${latLngToCell(52.52, 13.405, 9)}`),
  0x83fffffffffffffn,
];
const ODD_COUNTS = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1000_0000, 51, 1000];
/** Sent as values of JSON members, as text: some are no JSON. */
const ODD_VALUES = [
  'null',
  '[]',
  '{}',
  '-1',
  '1e400',
  '""',
  '"mars"',
  '"\\ud800"',
  'NaN',
  '[[',
  `"${'é'.repeat(3000)}"`,
  '"AA=="',
  '"===="',
  'true',
];
const LARGER_THAN_ANY = 600_000;

/** Draws bodies: some valid, most not. */
export class BodyMutator {
  constructor(private readonly random: () => number) {}

  next(): MutatedBody {
    const kinds = [
      () => this.packed('valid', (body) => body),
      () => this.packed('bytes changed', (body) => this.changed(body)),
      () => this.packed('bytes put in', (body) => this.spliced(body, 0)),
      () => this.packed('bytes taken out', (body) => this.spliced(body, 1 + this.upTo(20))),
      () => this.packed('cut off', (body) => body.subarray(0, this.upTo(body.length + 1))),
      () => this.packed('more behind it', (body) => Buffer.concat([body, this.noise(1 + this.upTo(40))])),
      () => this.packed('zeros behind it', (body) => Buffer.concat([body, Buffer.alloc(this.upTo(64))])),
      () => this.packed('odd count', (body) => this.withCount(body)),
      () => this.packed('odd cell', (body) => this.withCell(body)),
      () => this.packed('random bytes', () => this.noise(this.upTo(600))),
      () => this.json('valid', (text) => text),
      () => this.json('bytes changed', (text) => this.changed(Buffer.from(text))),
      () => this.json('cut off', (text) => text.slice(0, this.upTo(text.length + 1))),
      () =>
        this.json('a value replaced', (text) =>
          text.replace(this.pick([/"[^"]*"(?=[,}])/, /\[.*\]/, /\{"region.*?\}/]), () => this.pick(ODD_VALUES)),
        ),
      () => this.json('an unknown member', (text) => text.replace('{', () => `{"${'k'.repeat(this.upTo(9000))}":1,`)),
      () =>
        this.json(
          'many bad groups',
          () =>
            `{"groups":[${Array.from({ length: this.upTo(300) }, () => this.pick(ODD_VALUES.slice(0, 6))).join()}]}`,
        ),
      () => this.json('deep', () => '['.repeat(1 + this.upTo(20_000))),
      () => this.json('random bytes', () => this.noise(this.upTo(300))),
    ];
    if (this.upTo(500) === 0) return this.packed('larger than any', () => Buffer.alloc(LARGER_THAN_ANY, 1));
    return this.pick(kinds)();
  }

  private packed(kind: string, mutate: (body: Buffer) => Buffer): MutatedBody {
    const groups = this.groups().map(({ region, cens }) => ({
      cell: region === 'world' ? 0n : BigInt(`0x${region}`),
      cens,
    }));
    return { kind: `packed, ${kind}`, mediaType: 'application/vnd.cen.report', body: mutate(packReport(groups)) };
  }

  private json(kind: string, mutate: (text: string) => string | Buffer): MutatedBody {
    const groups = this.groups().map(({ region, cens }) => ({ region, cens: cens.toString('base64') }));
    const text = JSON.stringify(this.upTo(2) === 0 ? { groups } : { groups, padding: 'x'.repeat(this.upTo(100)) });
    return { kind: `json, ${kind}`, mediaType: 'application/json', body: Buffer.from(mutate(text)) };
  }

  private groups(): { region: string; cens: Buffer }[] {
    return Array.from({ length: 1 + this.upTo(3) }, () => ({
      region: this.pick(CELLS),
      cens: this.noise(16 * this.upTo(22)),
    }));
  }

  private changed(body: Buffer): Buffer {
    const changed = Buffer.from(body);
    for (let times = 1 + this.upTo(3); times > 0 && changed.length > 0; times--)
      changed[this.upTo(changed.length)] = this.upTo(256);
    return changed;
  }

  private spliced(body: Buffer, out: number): Buffer {
    const at = this.upTo(body.length + 1);
    return Buffer.concat([
      body.subarray(0, at),
      out > 0 ? Buffer.alloc(0) : this.noise(1 + this.upTo(20)),
      body.subarray(at + out),
    ]);
  }

  private withCount(body: Buffer): Buffer {
    if (body.length < 12) return body;
    body.writeUInt32LE(this.pick(ODD_COUNTS), 8);
    return body;
  }

  private withCell(body: Buffer): Buffer {
    if (body.length < 12) return body;
    body.writeBigUInt64LE(this.pick(ODD_CELLS), 0);
    return body;
  }

  private noise(bytes: number): Buffer {
    return randomBytes(bytes);
  }

  private upTo(end: number): number {
    return Math.floor(this.random() * end);
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.upTo(items.length)]!;
  }
}
