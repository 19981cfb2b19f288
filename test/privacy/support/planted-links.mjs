// Mistakes that a database could hold, each of which must be found: what finds nothing here proves nothing elsewhere.
import { randomBytes } from 'node:crypto';
import { censOf } from './truth.mjs';

const hex = (bytes) => `'\\x${Buffer.from(bytes).toString('hex')}'`;
const shuffled = (items) => [...items].sort(() => Math.random() - 0.5);

/** Each makes tables in one or more transactions; `finds` is what must be said of it. */
export const PLANTED = [
  {
    name: 'a column with the id of the report beside each CEN',
    finds: /one value joins 1 numbers or reports/,
    statements: ({ accepted, pendingIds }) => [
      'CREATE TABLE planted (report_id uuid, cen bytea)',
      `INSERT INTO planted VALUES ${shuffled(accepted.flatMap((report, i) => censOf(report).map((cen) => `('${pendingIds[i]}', '\\x${cen}')`))).join()}`,
    ],
  },
  {
    name: 'a retry proof written in the transaction that writes the CENs',
    finds: /one transaction joins 1 numbers or reports/,
    statements: ({ accepted, proofs }) => [
      'CREATE TABLE planted (bytes bytea)',
      `INSERT INTO planted VALUES (${hex(proofs[3][0])}), ${shuffled(accepted.flatMap(censOf))
        .map((cen) => `('\\x${cen}')`)
        .join()}`,
    ],
  },
  {
    name: 'the CENs of each report written in a transaction of their own',
    finds: /one transaction holds the CENs of 1 reports alone/,
    statements: ({ accepted }) => [
      'CREATE TABLE planted (cen bytea)',
      ...accepted.map(
        (report) =>
          `INSERT INTO planted VALUES ${censOf(report)
            .map((cen) => `('\\x${cen}')`)
            .join()}`,
      ),
    ],
  },
  {
    name: 'a random tag that a proof and the CENs share',
    finds: /one value joins 1 numbers or reports/,
    statements: ({ accepted, proofs }) => {
      const tags = accepted.map(() => randomBytes(8));
      const rows = accepted.flatMap((report, i) => [
        `(${hex(proofs[i][0])}, ${hex(tags[i])})`,
        ...censOf(report).map((cen) => `('\\x${cen}', ${hex(tags[i])})`),
      ]);
      return ['CREATE TABLE planted (bytes bytea, tag bytea)', `INSERT INTO planted VALUES ${shuffled(rows).join()}`];
    },
  },
  {
    name: 'a tally for each report, in clear, with the time of its sealing',
    finds: /noted_at of the rows of planted follows/,
    statements: ({ proofs }) => [
      'CREATE TABLE planted (authority_id uuid, redeemed int, noted_at bigint, proof bytea)',
      `INSERT INTO planted VALUES ${shuffled(proofs.map(([proof], i) => `('0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f', 1, ${1.7e9 + i}, ${hex(proof)})`)).join()}`,
    ],
  },
  {
    name: 'a count of ends raised in the transaction that writes the CENs of one report',
    finds: /one transaction joins 1 numbers or reports/,
    statements: ({ accepted, pendingIds }) => [
      'CREATE TABLE planted (tally uuid, cen bytea)',
      `INSERT INTO planted VALUES ('${pendingIds[7]}', NULL), ${shuffled(accepted.flatMap(censOf))
        .map((cen) => `(NULL, '\\x${cen}')`)
        .join()}`,
    ],
  },
  {
    name: 'CENs in the order of the reports',
    finds: /CENs of one report lie together/,
    statements: ({ accepted }) => [
      'CREATE TABLE planted (cen bytea)',
      `INSERT INTO planted VALUES ${accepted
        .flatMap(censOf)
        .map((cen) => `('\\x${cen}')`)
        .join()}`,
    ],
  },
  {
    name: 'proofs in the order of the uploads',
    finds: /place of the rows of planted follows/,
    statements: ({ proofs }) => [
      'CREATE TABLE planted (proof bytea)',
      `INSERT INTO planted VALUES ${proofs.map(([proof]) => `(${hex(proof)})`).join()}`,
    ],
  },
  {
    name: 'the time at which each number was used',
    finds: /used_at of the rows of planted follows/,
    statements: ({ proofs }) => [
      'CREATE TABLE planted (proof bytea, used_at timestamptz)',
      `INSERT INTO planted VALUES ${shuffled(proofs.map(([proof], i) => `(${hex(proof)}, to_timestamp(${1.7e9 + i}))`)).join()}`,
    ],
  },
  {
    name: 'tokens in the order in which they were spent',
    finds: /place of the rows of planted follows/,
    statements: ({ tokenDigests }) => [
      'CREATE TABLE planted (digest bytea)',
      `INSERT INTO planted VALUES ${tokenDigests.flatMap((digest) => (digest ? [`(${hex(digest)})`] : [])).join()}`,
    ],
  },
  {
    name: 'a number beside the token that it bought',
    finds: /one value joins 1 numbers with 1 tokens: planted/,
    statements: ({ digests, tokenDigests }) => {
      const rows = tokenDigests.flatMap((token, i) => (token ? [`(${hex(digests[i][0])}, ${hex(token)})`] : []));
      return [
        'CREATE TABLE planted (number bytea, token bytea)',
        `INSERT INTO planted VALUES ${shuffled(rows).join()}`,
      ];
    },
  },
  {
    name: 'a tag in the table of spent tokens that the CENs share',
    finds: /one value joins 1 numbers or reports with the CENs of 1 reports: .*spent_token \(heap\)/,
    statements: ({ accepted, tokenDigests }) => {
      const tagged = tokenDigests.flatMap((digest, i) => (digest ? [{ digest, i, tag: randomBytes(8) }] : []));
      const rows = tagged.flatMap(({ i, tag }) => censOf(accepted[i]).map((cen) => `('\\x${cen}', ${hex(tag)})`));
      return [
        'CREATE TABLE planted (cen bytea, tag bytea)',
        `INSERT INTO planted VALUES ${shuffled(rows).join()}`,
        'ALTER TABLE spent_token ADD COLUMN tag bytea',
        `UPDATE spent_token SET tag = tags.tag FROM (VALUES ${shuffled(tagged)
          .map(({ digest, tag }) => `(${hex(digest)}::bytea, ${hex(tag)}::bytea)`)
          .join()}) AS tags (digest, tag) WHERE spent_token.digest = tags.digest`,
      ];
    },
  },
];
