import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/demo/index.mjs');
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cen-demo-spec-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The demo with a temporary folder of its own, and what it has printed so far. */
function startDemo(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: { PATH: process.env.PATH, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

async function printed(demo: ReturnType<typeof startDemo>, wanted: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = wanted.exec(demo.output());
    if (found) return found;
    if (demo.child.exitCode !== null) throw new Error(`the demo ended before it printed ${wanted}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// What a whole demo finds is looked at by the step "demo" of .ci/run.
test('the demo leaves no server and no file behind when it is interrupted', async () => {
  const demo = startDemo();
  const [url] = await printed(demo, /http:\/\/127\.0\.0\.1:\d+/);
  await printed(demo, /Report/);
  demo.child.kill('SIGINT');
  const [code] = await once(demo.child, 'close');
  expect(code).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
}, 120_000);
