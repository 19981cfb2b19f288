import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join(__dirname, '../../scripts/db-migrate.mjs');
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cen-migrate-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function migrate(): Promise<string> {
  const env = { PATH: process.env.PATH, DATA_DIR: folder };
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { env });
  return stdout;
}

test('db:migrate starts, applies every migration, and finds nothing to do the second time', async () => {
  expect(await migrate()).toMatch(/^Applied: \d{14}_init/);
  expect(await migrate()).toBe('The schema is up to date.\n');
});
