import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, toHex } from '../bytes.js';
import { ed25519KeyId } from '../documents/key-id.js';
import { parseKeySet, readPublicKey } from '../documents/key-set.js';
import { parseRegionIndex } from '../documents/region-index.js';
import { verifyDocument } from '../documents/verify-document.js';
import { portablePrimitives } from '../crypto/primitives.js';
import { sortUnique } from '../encode/index.js';
import { regionId } from '../regions/region.js';
import { inPieces, sha256 } from '../testing/seal.js';
import { BatchError } from './batch-error.js';
import type { BatchErrorCode } from './batch-error.js';
import { decodeBatch } from './decode-batch.js';
import type { BatchHeader } from './header.js';
import { readBatch, readBatches } from './read-batch.js';
import type { ReadOptions } from './read-batch.js';

interface ValidVector {
  readonly file: string;
  readonly sha256: string;
  readonly header: Record<string, unknown>;
  readonly cens?: string[];
  readonly input?: string[];
  readonly sameCensAs?: string;
  readonly hashes?: string[];
  readonly batches?: { readonly header: Record<string, unknown>; readonly cens: string[] }[];
}

interface Vectors {
  readonly now: number;
  readonly keys: Record<'root' | 'signing', { readonly keyId: string; readonly publicKey: string }>;
  readonly valid: ValidVector[];
  readonly malformed: {
    readonly file: string;
    readonly sha256: string;
    readonly error: BatchErrorCode;
    readonly about: string;
  }[];
  readonly documents: { readonly file: string; readonly path: string; readonly signature: string }[];
}

const folder = join(process.cwd(), 'test/vectors');
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)));
const vectors = JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')) as Vectors;
const { root, signing } = vectors.keys;
const trust: ReadOptions = {
  now: () => vectors.now,
  findKey: (keyId) => (keyId === signing.keyId ? readPublicKey(signing.publicKey) : undefined),
};

function asJson({ region, ...header }: BatchHeader): Record<string, unknown> {
  return { ...header, region: regionId(region), ...('salt' in header && { salt: toHex(header.salt) }) };
}

function unpack(packed: Uint8Array): string[] {
  return Array.from({ length: packed.length / 16 }, (_, i) => toHex(packed.subarray(16 * i, 16 * i + 16)));
}

const observe = (cens: readonly string[]) =>
  cens.map((cen) => ({ cen: fromHex(cen), observedAt: vectors.now - 86_400 }));
const single = vectors.valid.filter(({ batches }) => !batches);

describe('the test vectors', () => {
  it.each(single.map((vector) => [vector.file, vector] as const))('%s reads as expected', async (file, vector) => {
    const bytes = read(file);
    expect(toHex(sha256(bytes))).toBe(vector.sha256);
    const decoded = decodeBatch(bytes);
    expect(asJson(decoded.header)).toEqual(vector.header);
    if ('cens' in decoded) expect(unpack(decoded.cens)).toEqual(vector.cens);
    else expect([...decoded.hashes].map((v) => v.toString(16).padStart(16, '0'))).toEqual(vector.hashes);

    const cens = vector.cens ?? vectors.valid.find((other) => other.file === vector.sameCensAs)?.cens ?? [];
    const observations = observe([...cens, '00'.repeat(16)]);
    const { matches } = await readBatch(inPieces(bytes, 100), { ...trust, observations });
    expect(matches.map(({ cen }) => toHex(cen)).sort()).toEqual(cens);
  });

  it('the duplicates of an input are published once', () => {
    const { input, cens } = vectors.valid.find((vector) => vector.input)!;
    expect(unpack(sortUnique(fromHex(input!.join(''))))).toEqual(cens);
    expect(input!.length).toBeGreaterThan(cens!.length);
  });

  it('the day bundle reads batch after batch', async () => {
    const { file, batches } = vectors.valid.find((vector) => vector.batches)!;
    const observations = observe(batches!.flatMap(({ cens }) => cens));
    const found: unknown[] = [];
    for await (const { header, matches } of readBatches(read(file), { ...trust, observations })) {
      found.push({ header: asJson(header), cens: matches.map(({ cen }) => toHex(cen)).sort() });
    }
    expect(found).toEqual(batches);
  });

  it.each(vectors.malformed.map(({ file, error, about, ...rest }) => [file, error, about, rest.sha256] as const))(
    '%s is refused with %s: %s',
    async (file, error, _, hash) => {
      const bytes = read(file);
      expect(toHex(sha256(bytes))).toBe(hash);
      for (const source of [bytes, inPieces(bytes, 1)]) {
        const refusal: unknown = await readBatch(source, trust).catch((reason: unknown) => reason);
        expect(refusal).toBeInstanceOf(BatchError);
        expect((refusal as BatchError).code).toBe(error);
      }
    },
  );

  it('show every error that a file alone can cause', () => {
    // The other three depend on what was asked for: unexpected-batch, bad-checksum, too-long.
    const codes: Record<Exclude<BatchErrorCode, 'unexpected-batch' | 'bad-checksum' | 'too-long'>, true> = {
      truncated: true,
      'trailing-bytes': true,
      'bad-magic': true,
      'unsupported-version': true,
      'unknown-encoding': true,
      'bad-region': true,
      'bad-slot': true,
      'bad-sealed-at': true,
      'bad-count': true,
      'bad-remainder-bits': true,
      'bad-hash-bits': true,
      'bad-block-bits': true,
      'bad-salt': true,
      'bad-reserved': true,
      'bad-payload-length': true,
      'bad-block-length': true,
      'bad-entry-count': true,
      'bad-quotients': true,
      'bad-padding': true,
      'out-of-range': true,
      'not-ascending': true,
      'unknown-key': true,
      'bad-signature': true,
      'from-the-future': true,
    };
    expect(new Set(vectors.malformed.map(({ error }) => error))).toEqual(new Set(Object.keys(codes)));
  });

  it('key ids are those of their keys', () => {
    for (const { keyId, publicKey } of [root, signing])
      expect(ed25519KeyId(readPublicKey(publicKey), sha256)).toBe(keyId);
  });

  it('keys and index are signed as the protocol says', async () => {
    const [keys, index] = vectors.documents as [Vectors['documents'][number], Vectors['documents'][number]];
    const primitives = portablePrimitives;
    const byRoot = {
      now: vectors.now,
      primitives,
      findKey: (id: string) => (id === root.keyId ? readPublicKey(root.publicKey) : undefined),
    };
    await verifyDocument(read(keys.file), keys.signature, byRoot);
    const keySet = parseKeySet(new TextDecoder().decode(read(keys.file)), sha256);
    expect([...keySet.keys()]).toEqual([signing.keyId]);
    await verifyDocument(read(index.file), index.signature, { ...byRoot, findKey: (id) => keySet.get(id) });
    expect(parseRegionIndex(new TextDecoder().decode(read(index.file)), 0n)).toMatchObject({ region: 0n, batches: [] });
    await expect(verifyDocument(read(index.file), keys.signature, byRoot)).rejects.toThrow('bad-signature');
  });

  it('every code is explained in docs/batch-format.md', () => {
    const guide = readFileSync(join(process.cwd(), 'docs/batch-format.md'), 'utf8');
    const codes = [
      ...new Set(vectors.malformed.map(({ error }) => error)),
      'unexpected-batch',
      'bad-checksum',
      'too-long',
    ];
    expect(codes.filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
  });
});
