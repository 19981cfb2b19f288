// Writes test/vectors, the same in every run; with --check, compares instead and fails if anything differs.
// Usage: npm run vectors [-- --check]
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCenSignature, signedDocument } from 'cen-client/encode';
import { sha256 } from './vectors/craft.mjs';
import { malformedVectors } from './vectors/malformed.mjs';
import { rootKey, signingKey, slot, validVectors } from './vectors/valid.mjs';

const folder = join(import.meta.dirname, '../test/vectors');

/** The clock with which the vectors are to be read. */
const now = slot.sealedAt + 3600;

/** Path inside the folder → bytes. */
function files() {
  const valid = validVectors();
  const malformed = malformedVectors();
  const documents = signedDocuments();
  const vectors = {
    about: 'Test vectors for batch format 1: docs/batch-format.md tells how to use them. Made by `npm run vectors`.',
    now,
    keys: { root: publicHalf(rootKey), signing: publicHalf(signingKey) },
    valid: valid.map(({ name, file, entry }) => ({
      file: `valid/${name}`,
      sha256: sha256(file).toString('hex'),
      ...entry,
    })),
    malformed: malformed.map(([error, name, file, about]) => ({
      file: `malformed/${name}`,
      sha256: sha256(file).toString('hex'),
      error,
      about,
    })),
    documents: documents.map(({ file, path, signature }) => ({ file, path, signature })),
  };
  return new Map([
    ...valid.map(({ name, file }) => [`valid/${name}`, file]),
    ...malformed.map(([, name, file]) => [`malformed/${name}`, file]),
    ...documents.map(({ file, body }) => [file, body]),
    ['vectors.json', Buffer.from(`${JSON.stringify(vectors, null, 1)}\n`)],
  ]);
}

function publicHalf({ keyId, x, seed }) {
  return { keyId, publicKey: x, seed };
}

/** The key set under the root key, and an index under the signing key, with their `CEN-Signature`. */
function signedDocuments() {
  const jwk = { kty: 'OKP', crv: 'Ed25519', use: 'sig', kid: signingKey.keyId, x: signingKey.x };
  const index = { region: 'world', parent: null, children: [], batches: [], days: [] };
  return [
    signDocument('documents/keys.json', '/v1/keys', { keys: [jwk] }, rootKey),
    signDocument('documents/index.json', '/v1/regions/world', index, signingKey),
  ];
}

function signDocument(file, path, document, key) {
  const body = Buffer.from(JSON.stringify(document));
  const validUntil = now + 600;
  const signature = key.sign(signedDocument(validUntil, body));
  return { file, path, body, signature: formatCenSignature({ keyId: key.keyId, validUntil, signature }) };
}

function onDisk() {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function write(wanted) {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['valid', 'malformed', 'documents']) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, bytes] of wanted) writeFileSync(join(folder, path), bytes);
}

function differences(wanted) {
  const found = new Set(onDisk());
  const changed = [...wanted].filter(
    ([path, bytes]) => !found.has(path) || !readFileSync(join(folder, path)).equals(bytes),
  );
  const extra = [...found].filter((path) => !wanted.has(path));
  return [...changed.map(([path]) => path), ...extra];
}

const wanted = files();
const bytes = [...wanted.values()].reduce((sum, file) => sum + file.length, 0);
if (process.argv.includes('--check')) {
  const wrong = differences(wanted);
  if (wrong.length > 0) {
    console.error(`test/vectors differ from what scripts/vectors.mjs makes:\n  ${wrong.join('\n  ')}`);
    process.exitCode = 1;
  } else console.log(`test/vectors: ${wanted.size} files, ${bytes} bytes, as generated`);
} else {
  write(wanted);
  console.log(`test/vectors: ${wanted.size} files, ${bytes} bytes written`);
}
