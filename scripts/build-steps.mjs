// The steps of a build, and the question whether one is needed. Two builds at once take turns.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = join(root, 'node_modules/.cen-build.lock');

/** What is built apart: each has a stamp that says from what it was built, and is built when that has changed. */
const parts = [
  {
    stamp: 'dist/.stamp',
    inputs: [
      'src',
      'client/src',
      'prisma/schema.prisma',
      '.swcrc',
      'package-lock.json',
      'scripts/compile.mjs',
      'scripts/prisma-generate.mjs',
    ],
    outputs: ['dist', 'client/dist', 'src/platform/database/generated'],
    build: buildServer,
  },
  {
    stamp: 'console/dist/.stamp',
    inputs: [
      'console/src',
      'console/index.html',
      'console/vite.config.mjs',
      'console/tsconfig.json',
      'package-lock.json',
      'console/build.mjs',
    ],
    outputs: ['console/dist'],
    build: buildConsole,
  },
];

const files = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [[path, found]] : [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'generated' && !entry.name.endsWith('.spec.ts'))
    .flatMap((entry) => files(join(path, entry.name)));
};

/** What the sources look like now: names, sizes and times, not contents, so that asking costs milliseconds. */
function fingerprint({ inputs }) {
  const hash = createHash('sha256');
  for (const [path, { size, mtimeMs }] of inputs.flatMap((input) => files(join(root, input))))
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  return hash.digest('hex');
}

const inRoot = (path) => join(root, path);

function isPartFresh(part) {
  if (!part.outputs.map(inRoot).every(existsSync) || !existsSync(inRoot(part.stamp))) return false;
  return readFileSync(inRoot(part.stamp), 'utf8') === fingerprint(part);
}

/** True when there are no sources (an image that holds only what they were built to) or nothing has changed since the last build. */
export function isFresh() {
  return !existsSync(inRoot('src')) || parts.every(isPartFresh);
}

/** Generates the database client and compiles the client library and the server. Runs from the previous build are not disturbed. */
async function buildServer() {
  const [{ generate }, { compile }] = await Promise.all([import('./prisma-generate.mjs'), import('./compile.mjs')]);
  generate();
  const swcrc = JSON.parse(readFileSync(inRoot('.swcrc'), 'utf8'));
  delete swcrc.$schema;
  delete swcrc.exclude;
  await compile(inRoot('client/src'), inRoot('client/dist'), swcrc);
  await compile(inRoot('src'), inRoot('dist'), swcrc);
}

/** Bundles the staff's console. A running server has the previous one in memory. */
async function buildConsole() {
  const { status } = spawnSync(process.execPath, [inRoot('console/build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error('The console could not be built.');
}

/** Builds what `isDue` says, and notes from what. */
async function buildParts(isDue) {
  for (const part of parts.filter(isDue)) {
    const before = fingerprint(part);
    await part.build();
    writeFileSync(inRoot(part.stamp), before);
  }
}

/** Builds everything. */
export async function build() {
  await buildParts(() => true);
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
  mkdirSync(inRoot('dist'), { recursive: true });
  await alone(() => buildParts((part) => !isPartFresh(part)));
}
