// The vectors that a reader must refuse, each with one thing wrong and, unless that is the signature, signed correctly.
import { block, blockBytes, bytesNamed, fileOf, header, keyNamed, payloadOf } from './craft.mjs';
import { signingKey, slot } from './valid.mjs';

const P = 40;
const salt = bytesNamed('salt malformed', 16);

/** Five hashes in one block: w = 43, quotients below 8. */
const offsets = [5n, 1n << 39n, (1n << 40n) + 7n, (3n << 40n) + 1n, (1n << 43n) - 1n];
const five = () => block(offsets, P);
const fiveFields = { encoding: 1, w: 43, P, b: 0, salt, n: 5 };
const cens = bytesNamed('cens malformed', 48);
const threeCens = Buffer.concat([0, 1, 2].map((i) => cens.subarray(16 * i, 16 * i + 16)).sort(Buffer.compare));
const fullFields = { encoding: 0, n: 3 };

/** A whole file; `fields` override the header's, `key` its signer. */
function make(fields, payload, key = signingKey) {
  const about = { ...slot, keyId: key.keyId, payloadBytes: payload.length, ...fields };
  return fileOf(header(about), payload, key);
}

const compact = (fields = {}, changed = {}) =>
  make({ ...fiveFields, ...fields }, payloadOf([blockBytes({ ...five(), ...changed })]));
const full = (fields = {}, payload = threeCens) => make({ ...fullFields, ...fields }, payload);

function edited(file, edit) {
  edit(file);
  return file;
}

/** Two blocks whose hashes are in order, with more or fewer of them than the 1,024 that the header declares. */
function twoBlocks(sizes) {
  const half = sizes.map((size) => {
    const step = (1n << 50n) / BigInt(size);
    return blockBytes(
      block(
        Array.from({ length: size }, (_, i) => BigInt(i) * step + 5n),
        P,
      ),
    );
  });
  return make({ encoding: 1, w: 51, P, b: 1, salt, n: 1024 }, payloadOf(half));
}

/** A full-length table whose second entry claims `length` bytes, the first making up for it so that the sum is right. */
function tableWith(length) {
  const blocks = [512, 512].map((size) =>
    blockBytes(
      block(
        Array.from({ length: size }, (_, i) => BigInt(i) << 41n),
        P,
      ),
    ),
  );
  const spare = blocks[1].length - length;
  const payload = payloadOf(blocks, [blocks[0].length + spare, length]);
  return make({ encoding: 1, w: 51, P, b: 1, salt, n: 1024 }, payload);
}

/** Two blocks of which the table is one byte short. */
function shortTable() {
  const blocks = [512, 512].map((size) =>
    blockBytes(
      block(
        Array.from({ length: size }, (_, i) => BigInt(i) << 41n),
        P,
      ),
    ),
  );
  const payload = payloadOf(blocks, [blocks[0].length, blocks[1].length - 1]);
  return make({ encoding: 1, w: 51, P, b: 1, salt, n: 1024 }, payload);
}

/** 1,024 hashes in the first block, and a second that is empty but for one byte. */
function fullEmptyBlock() {
  const first = blockBytes(
    block(
      Array.from({ length: 1024 }, (_, i) => BigInt(i) << 40n),
      P,
    ),
  );
  const payload = payloadOf([first, Buffer.from([0, 0, 0])]);
  return make({ encoding: 1, w: 51, P, b: 1, salt, n: 1024 }, payload);
}

const thief = { ...keyNamed('thief'), keyId: signingKey.keyId };

/** Every malformed vector: `[error, name, file, about]`. */
export function malformedVectors() {
  return [
    ['truncated', 'empty', Buffer.alloc(0), 'no byte at all'],
    ['truncated', 'cut-in-header', compact().subarray(0, 63), 'ends one byte before the end of the header'],
    ['truncated', 'cut-in-payload', compact().subarray(0, 80), 'ends inside the payload'],
    ['truncated', 'cut-in-signature', compact().subarray(0, -1), 'ends one byte before the end of the signature'],
    [
      'trailing-bytes',
      'trailing-byte',
      Buffer.concat([compact(), Buffer.alloc(1)]),
      'one zero byte after the signature',
    ],
    ['bad-magic', 'bad-magic', compact({ magic: 'CENb' }), 'does not start with CENB'],
    ['unsupported-version', 'version-2', compact({ version: 2 }), 'version 2'],
    ['unknown-encoding', 'encoding-2', compact({ encoding: 2 }), 'encoding 2'],
    ['bad-region', 'region-no-cell', compact({ region: 1n }), 'region 1 is no H3 cell'],
    ['bad-region', 'region-too-fine', compact({ region: 0x8428309ffffffffn }), 'an H3 cell of resolution 4'],
    [
      'bad-region',
      'region-deleted',
      compact({ region: 0x81087ffffffffffn }),
      'the child that a pentagon does not have',
    ],
    [
      'bad-region',
      'region-stray-digit',
      compact({ region: 0x831f1dffffffffen }),
      'a digit below the resolution is not 7',
    ],
    [
      'bad-slot',
      'slot-of-7-seconds',
      compact({ slotSeconds: 7, slotStart: 7 * 256_219_200 }),
      '7 s do not divide a day',
    ],
    ['bad-slot', 'slot-of-0-seconds', compact({ slotSeconds: 0 }), 'a slot of no length'],
    ['bad-slot', 'slot-misaligned', compact({ slotStart: slot.slotStart + 1 }), 'no slot of an hour starts then'],
    [
      'bad-sealed-at',
      'sealed-early',
      compact({ sealedAt: slot.slotStart + 3599 }),
      'sealed before the end of its slot',
    ],
    ['bad-count', 'count-0', compact({ n: 0 }), 'n = 0'],
    ['bad-count', 'count-2-to-the-23', compact({ n: 2 ** 23 }), 'n = 2^23'],
    ['bad-remainder-bits', 'p-36', compact({ P: 36, w: 39 }), 'P = 36'],
    ['bad-remainder-bits', 'full-with-p', full({ P: 40 }), 'a full batch with P'],
    ['bad-hash-bits', 'w-one-more', compact({ w: 44 }), 'w is not P + 1 + floor(log2 n)'],
    ['bad-hash-bits', 'full-with-w', full({ w: 42 }), 'a full batch with w'],
    ['bad-block-bits', 'b-one-more', compact({ b: 1 }), 'b is not max(0, floor(log2(n / 512)))'],
    ['bad-block-bits', 'full-with-b', full({ b: 1 }), 'a full batch with b'],
    ['bad-salt', 'full-with-salt', full({ salt }), 'a full batch with a salt'],
    ['bad-reserved', 'reserved', compact({ reserved: 0x0100 }), 'the reserved bytes are not zero'],
    ['bad-payload-length', 'full-payload-length', full({ payloadBytes: 47 }), 'not 16 n'],
    ['bad-payload-length', 'payload-too-short', compact({ payloadBytes: 29 }), 'too short for five CENs'],
    ['bad-payload-length', 'payload-too-long', compact({ payloadBytes: 0xffff_ffff }), 'far too long for five CENs'],
    ['bad-block-length', 'block-of-1-byte', tableWith(1), 'the table gives a block of 1 byte'],
    ['bad-block-length', 'table-too-short', shortTable(), 'table and blocks do not fill the payload'],
    ['bad-block-length', 'entries-do-not-fit', compact({}, { entries: 6 }), 'more entries than the block has room for'],
    ['bad-block-length', 'empty-block-with-a-byte', fullEmptyBlock(), 'a block without entries is longer than 2 bytes'],
    ['bad-entry-count', 'entries-missing', twoBlocks([512, 511]), 'the blocks hold 1,023 entries, n is 1,024'],
    ['bad-entry-count', 'entries-too-many', twoBlocks([512, 513]), 'the blocks hold 1,025 entries, n is 1,024'],
    [
      'bad-quotients',
      'quotients-run-out',
      compact({}, { quotients: Buffer.from([0b1111, 0]) }),
      'four one bits for five entries',
    ],
    [
      'bad-padding',
      'pad-bit-set',
      compact({}, { quotients: edited(five().quotients, (bytes) => (bytes[1] |= 0x80)) }),
      'a bit after the last quotient',
    ],
    [
      'bad-padding',
      'pad-byte',
      compact({}, { quotients: Buffer.from([0b11111, 0]) }),
      'a whole byte after the last quotient',
    ],
    [
      'out-of-range',
      'beyond-the-block',
      compact({}, { remainders: five().remainders.map(() => (1n << 40n) - 1n) }),
      'the last hash is 2^(w−b) or more',
    ],
    [
      'not-ascending',
      'descending',
      full({}, Buffer.concat([threeCens.subarray(16, 32), threeCens.subarray(0, 16), threeCens.subarray(32)])),
      'CENs out of order',
    ],
    [
      'not-ascending',
      'repeated',
      full({}, Buffer.concat([threeCens.subarray(0, 32), threeCens.subarray(16, 32)])),
      'a CEN twice',
    ],
    [
      'unknown-key',
      'unknown-key',
      make(fiveFields, payloadOf([blockBytes(five())]), keyNamed('stranger')),
      'signed by a key that nobody vouches for',
    ],
    [
      'bad-signature',
      'stolen-key-id',
      make(fiveFields, payloadOf([blockBytes(five())]), thief),
      'signed by another key under the id of the right one',
    ],
    [
      'bad-signature',
      'changed-payload',
      edited(compact(), (file) => (file[file.length - 65] ^= 1)),
      'the last remainder was changed after signing',
    ],
    [
      'bad-signature',
      'changed-header',
      edited(compact(), (file) => (file[32] ^= 1)),
      'the salt was changed after signing',
    ],
    [
      'bad-signature',
      'changed-signature',
      edited(compact(), (file) => (file[file.length - 1] ^= 1)),
      'the signature was changed',
    ],
    [
      'from-the-future',
      'from-the-future',
      compact({ sealedAt: slot.sealedAt + 3600 + 301 }),
      'sealed 301 s after `now`',
    ],
  ];
}
