// The steps of a build, and the question whether one is needed. Two builds at once take turns.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');
const lock = join(root, 'node_modules/.cen-build.lock');
const inputs = [
  'src',
  'client/src',
  'prisma/schema.prisma',
  '.swcrc',
  'package-lock.json',
  'scripts/compile.mjs',
  'scripts/prisma-generate.mjs',
];
const outputs = [dist, join(root, 'client/dist'), join(root, 'src/platform/database/generated')];

const files = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [[path, found]] : [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'generated' && !entry.name.endsWith('.spec.ts'))
    .flatMap((entry) => files(join(path, entry.name)));
};

/** What the sources look like now: names, sizes and times, not contents, so that asking costs milliseconds. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const [path, { size, mtimeMs }] of inputs.flatMap((input) => files(join(root, input))))
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  return hash.digest('hex');
}

/** True when there are no sources (an image that holds only what they were built to) or nothing has changed since the last build. */
export function isFresh() {
  if (!existsSync(join(root, 'src'))) return true;
  return outputs.every(existsSync) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Generates the database client and compiles the client library and the server. Runs from the previous build are not disturbed. */
export async function build() {
  const [{ generate }, { compile }] = await Promise.all([import('./prisma-generate.mjs'), import('./compile.mjs')]);
  const before = fingerprint();
  generate();
  const swcrc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
  delete swcrc.$schema;
  delete swcrc.exclude;
  await compile(join(root, 'client/src'), join(root, 'client/dist'), swcrc);
  await compile(join(root, 'src'), dist, swcrc);
  writeFileSync(stamp, before);
}

const alive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function tryLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
    if (holder && !alive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

/** Runs `work` while no other build runs. A lock whose holder has died counts for nothing. */
export async function alone(work) {
  while (!tryLock()) await new Promise((resolve) => setTimeout(resolve, 100));
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Builds, after any other build has ended, unless that leaves nothing to do. */
export async function buildIfStale() {
  if (isFresh()) return;
  mkdirSync(dist, { recursive: true });
  await alone(async () => {
    if (!isFresh()) await build();
  });
}
