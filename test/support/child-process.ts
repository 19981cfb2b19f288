import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a process has ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Node process of a test's, with what it has said so far. */
export interface RunningProcess {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** The first line of its standard output; rejects if it ends before there is one. */
  readonly firstLine: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs `node ...args`, with this process's environment and `environment` on top. */
export function runNode(
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd?: string,
): RunningProcess {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = endOf(child, output);
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString();
      const end = output.stdout.indexOf('\n');
      if (end >= 0) resolve(output.stdout.slice(0, end));
    });
    ended.then(
      ({ stderr }) => reject(new Error(`ended before it said anything: ${stderr}`)),
      (error: Error) => reject(error),
    );
  });
  firstLine.catch(() => undefined);
  return { pid: child.pid ?? 0, ended, firstLine, kill: (signal) => child.kill(signal) };
}

async function endOf(child: ChildProcess, output: { stdout: string; stderr: string }): Promise<Ending> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output };
}
