import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { stepBackProcess } from './step-back.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('another process that steps back', () => {
  let child: ChildProcess;
  let pid: number;
  let name: string;

  beforeEach(async () => {
    // In a session of its own, as each process of Postgres is.
    child = spawn(process.execPath, ['-e', 'console.log(); setInterval(() => {}, 1000)'], { detached: true });
    await once(child.stdout!, 'data');
    pid = child.pid!;
    name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  });

  afterEach(() => end(child));

  it('has a lower priority', () => {
    stepBackProcess(pid, name);
    expect(getPriority(pid)).toBe(Math.max(getPriority(), 5));
  });

  it('has it in its session, too, where there are such', async () => {
    const session = `/proc/${pid}/autogroup`;
    if (!existsSync(session) || !readFileSync(session, 'utf8').includes('nice')) return;
    // One such change in a tenth of a second is all that the system takes from an ordinary user.
    for (let tries = 0; tries < 20 && !readFileSync(session, 'utf8').includes('nice 5'); tries++) {
      stepBackProcess(pid, name);
      await sleep(100);
    }
    expect(readFileSync(session, 'utf8')).toContain('nice 5');
  });

  it('is left alone when it is called something else', () => {
    stepBackProcess(pid, `${name}s`);
    expect(getPriority(pid)).toBe(getPriority());
  });

  it('is not missed when it has ended', async () => {
    await end(child);
    expect(() => stepBackProcess(pid, name)).not.toThrow();
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
