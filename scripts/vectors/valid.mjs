// The vectors that a reader must accept, made by the encoder that the server uses.
import { encodeCompact, encodeFull, sortUnique, withSignature } from 'cen-client/encode';
import { aesEcb, bytesNamed, compactPayload, fileOf, hashes, header, keyNamed, sha256 } from './craft.mjs';

export const rootKey = keyNamed('root');
export const signingKey = keyNamed('signing');

/** 2026-11-01 12:00 UTC, in slots of an hour. */
export const slot = { slotStart: 1_793_534_400, slotSeconds: 3600, sealedAt: 1_793_538_003 };

const worldAt = (part = 0, changes = {}) => ({ region: 0n, part, keyId: signingKey.keyId, ...slot, ...changes });

/** An H3 cell of resolution 3, Berlin's. */
const BERLIN = 0x831f1dfffffffffn;

const sets = [
  { name: 'one', about: 'n = 1', count: 1 },
  { name: 'one-block', about: 'all in one block', count: 40 },
  { name: 'many-blocks', about: 'four blocks', count: 2500 },
  { name: 'power-of-two', about: 'n = 1,024, the least with two blocks', count: 1024 },
  { name: 'below-power-of-two', about: 'n = 1,023, the most with one block', count: 1023 },
  {
    name: 'duplicates',
    about: 'the input holds each CEN up to three times, the batch once',
    count: 30,
    repeated: true,
  },
  { name: 'remainder-32', about: 'P = 32', count: 700, P: 32 },
  { name: 'region-part-2', about: 'of an H3 cell, part 2', count: 20, meta: worldAt(2, { region: BERLIN }) },
  {
    name: 'day-slot',
    about: 'a slot of a whole day',
    count: 5,
    meta: worldAt(0, { slotStart: 1_793_404_800, slotSeconds: 86_400, sealedAt: 1_793_491_200 }),
  },
];

/** Every valid vector: `{ name, file, entry }`. */
export function validVectors() {
  return [...sets.flatMap(bothEncodings), emptyBlock(), bundle()];
}

function bothEncodings({ name, about, count, repeated, P = 40, meta = worldAt() }) {
  const distinct = bytesNamed(`cens ${name}`, 16 * count);
  const input = repeated ? Buffer.concat([distinct, distinct.subarray(0, 160), distinct.subarray(80, 320)]) : distinct;
  const sorted = sortUnique(input);
  const cens = unpack(sorted);
  const salt = bytesNamed(`salt ${name}`, 16);
  const compact = encodeCompact(meta, sorted, { sha256, aesEcb, remainderBits: P, randomBytes: () => salt });
  const full = encodeFull(meta, sorted, { sha256 });
  const values = hashes(cens, salt, compact.header.hashBits);
  agree(name, compact, values);
  return [
    {
      name: `${name}.full`,
      file: signed(full),
      entry: {
        about,
        header: fields(full.header),
        ...(repeated && { input: unpack(input).map(hex) }),
        cens: cens.map(hex),
      },
    },
    {
      name: `${name}.compact`,
      file: signed(compact),
      entry: {
        about,
        header: fields(compact.header),
        sameCensAs: `valid/${name}.full`,
        hashes: values.map(hex64),
        sample: sampleHash(cens[0], salt),
      },
    },
  ];
}

/** The server's encoder must write what protocol §7 says when read word for word. */
function agree(name, { header: { hashBits: w, blockBits: b, remainderBits: P }, file }, values) {
  if (!compactPayload(values, { w, b, P }).equals(file.subarray(64, -64)))
    throw new Error(`${name}: encoders disagree`);
}

/** The steps from a CEN to its hash, for whoever looks for a mistake in them. */
function sampleHash(cen, salt) {
  const encrypted = aesEcb(salt, cen);
  const h = encrypted.map((byte, i) => byte ^ cen[i]);
  return { cen: hex(cen), aes: hex(encrypted), h: hex(h), d: hex64(h.readBigUInt64LE(0)) };
}

/** No CENs hash like this, but a reader cannot know that: 1,024 hashes of which the second block has none. */
function emptyBlock() {
  const [n, P, w, b] = [1024, 40, 51, 1];
  const values = Array.from({ length: n }, (_, i) => BigInt(i) * 900_000_000_007n);
  const payload = compactPayload(values, { w, b, P });
  const salt = bytesNamed('salt empty-block', 16);
  const about = { ...slot, n, P, w, b, salt, payloadBytes: payload.length, keyId: signingKey.keyId };
  return {
    name: 'empty-block.compact',
    file: fileOf(header(about), payload, signingKey),
    entry: {
      about: 'hashes chosen so that the second of two blocks is empty; they belong to no CENs',
      header: fields({
        encoding: 'compact',
        ...worldAt(),
        count: n,
        payloadBytes: payload.length,
        hashBits: w,
        remainderBits: P,
        blockBits: b,
        salt,
      }),
      hashes: values.map(hex64),
    },
  };
}

/** A day bundle: three batches one after another, in the order of (start, part). */
function bundle() {
  const parts = [
    worldAt(0, { slotStart: slot.slotStart - 3600, sealedAt: slot.slotStart }),
    worldAt(0),
    worldAt(1),
  ].map((meta, i) => {
    const salt = bytesNamed(`salt bundle ${i}`, 16);
    const sorted = sortUnique(bytesNamed(`cens bundle ${i}`, 16 * (i + 2)));
    return { sorted, batch: encodeCompact(meta, sorted, { sha256, aesEcb, randomBytes: () => salt }) };
  });
  return {
    name: 'bundle.compact',
    file: Buffer.concat(parts.map(({ batch }) => signed(batch))),
    entry: {
      about: 'a day bundle of three batches',
      batches: parts.map(({ sorted, batch }) => ({ header: fields(batch.header), cens: unpack(sorted).map(hex) })),
    },
  };
}

function signed(batch) {
  return Buffer.from(withSignature(batch, signingKey.sign(batch.toSign)));
}

/** A header as JSON: the region by its id, the salt in hex. */
function fields({ region, salt, ...rest }) {
  return { ...rest, region: region === 0n ? 'world' : region.toString(16), ...(salt && { salt: hex(salt) }) };
}

function unpack(packed) {
  return Array.from({ length: packed.length / 16 }, (_, i) => Buffer.from(packed.subarray(16 * i, 16 * i + 16)));
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const hex64 = (value) => value.toString(16).padStart(16, '0');
