import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { letOthersGoBefore } from './step-back.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('another process that steps back', () => {
  let child: ChildProcess;

  beforeEach(() => {
    // In a session of its own, as each process of Postgres is.
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  });

  afterEach(() => end(child));

  it('has a lower priority, and its session too where there are such', () => {
    const pid = child.pid!;
    letOthersGoBefore(pid);
    expect(getPriority(pid)).toBeGreaterThan(getPriority());
    const session = `/proc/${pid}/autogroup`;
    if (existsSync(session)) expect(readFileSync(session, 'utf8')).toMatch(/nice 5\n/);
  });

  it('is left alone once it has ended', async () => {
    await end(child);
    expect(() => letOthersGoBefore(child.pid!)).not.toThrow();
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
