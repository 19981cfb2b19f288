import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Ending, runNode } from './support/child-process.js';

/** Real builds, on a machine that does other things, too. */
jest.setTimeout(120_000);

const PROJECT = resolve(__dirname, '..');
let copy: string;

/** A project as small as one can be, with this one's build. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'cen-build-'));
  for (const path of [
    'scripts',
    'prisma',
    '.swcrc',
    'package.json',
    'package-lock.json',
    'console/vite.config.mjs',
    'console/build.mjs',
  ])
    cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
  for (const folder of ['node_modules', 'src', 'client/src', 'console/src'])
    mkdirSync(join(copy, folder), { recursive: true });
  for (const name of readdirSync(join(PROJECT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(PROJECT, 'node_modules', name), join(copy, 'node_modules', name));
  }
  writeSource('src/main.ts', 'export const answer: number = 1;');
  writeSource('src/main.spec.ts', 'a spec is not built');
  writeSource('client/src/index.ts', 'export type Nothing = never;');
  writeSource('console/index.html', '<script type="module" src="./src/main.tsx"></script>');
  writeSource('console/src/main.tsx', 'document.title = "console 1" as string;');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const writeSource = (path: string, text: string): void => writeFileSync(join(copy, path), text);
const output = (path: string): string => readFileSync(join(copy, path), 'utf8');
const buildIfStale = (): Promise<Ending> => runNode(['scripts/build-if-stale.mjs'], {}, copy).ended;
const SILENT_SUCCESS = { code: 0, stdout: '', stderr: '' };

describe('a build before a start', () => {
  it('makes server, client and database client, also when two begin at once', async () => {
    expect(await Promise.all([buildIfStale(), buildIfStale()])).toMatchObject([SILENT_SUCCESS, SILENT_SUCCESS]);
    expect(output('dist/main.js')).toContain('answer = 1');
    expect(existsSync(join(copy, 'client/dist/index.js'))).toBe(true);
    expect(existsSync(join(copy, 'src/platform/database/generated/client.ts'))).toBe(true);
    expect(existsSync(join(copy, 'dist/main.spec.js'))).toBe(false);
  });

  it('writes nothing, and says nothing, when nothing has changed', async () => {
    const stamp = statSync(join(copy, 'dist/.stamp')).mtimeMs;
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(statSync(join(copy, 'dist/.stamp')).mtimeMs).toBe(stamp);
  });

  it('replaces what has changed and leaves the other files as they are', async () => {
    writeSource('src/other.ts', 'export {};');
    await buildIfStale();
    const untouched = statSync(join(copy, 'dist/other.js')).ino;
    writeSource('src/main.ts', 'export const answer: number = 42;');
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(output('dist/main.js')).toContain('answer = 42');
    expect(statSync(join(copy, 'dist/other.js')).ino).toBe(untouched);
  });

  it('makes the console with compressed copies, anew only when it has changed, and the server only when that has', async () => {
    const assets = (): string[] => readdirSync(join(copy, 'console/dist/assets')).sort();
    const before = assets();
    expect(before.map((name) => name.replace(/^.*?\.js/, ''))).toEqual(['', '.br', '.gz']);
    const server = statSync(join(copy, 'dist/.stamp')).mtimeMs;
    writeSource('console/src/main.tsx', 'document.title = "console 2" as string;');
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(assets()).toHaveLength(3);
    expect(assets()).not.toEqual(before);
    expect(statSync(join(copy, 'dist/.stamp')).mtimeMs).toBe(server);
  });

  it('removes what has lost its source', async () => {
    rmSync(join(copy, 'src/other.ts'));
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(existsSync(join(copy, 'dist/other.js'))).toBe(false);
  });

  it('fails on a source that cannot be compiled, and leaves what was built before', async () => {
    writeSource('src/broken.ts', 'export const = ;');
    const { code, stderr } = await buildIfStale();
    rmSync(join(copy, 'src/broken.ts'));
    expect(code).toBe(1);
    expect(stderr).toContain('broken.ts');
    expect(output('dist/main.js')).toContain('answer = 42');
  });

  it('is not kept waiting by one that was killed', async () => {
    writeSource('node_modules/.cen-build.lock', '999999999');
    writeSource('src/main.ts', 'export const answer: number = 43;');
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(output('dist/main.js')).toContain('answer = 43');
  });

  it('does nothing where there are no sources, as in an image', async () => {
    rmSync(join(copy, 'src'), { recursive: true });
    expect(await buildIfStale()).toMatchObject(SILENT_SUCCESS);
    expect(output('dist/main.js')).toContain('answer = 43');
  });

  it('says what to do where nothing was installed', async () => {
    mkdirSync(join(copy, 'src'));
    rmSync(join(copy, 'node_modules'), { recursive: true });
    expect(await buildIfStale()).toMatchObject({ code: 1, stdout: '', stderr: 'Run "npm ci" first.\n' });
  });
});
