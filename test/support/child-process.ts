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
  /** What matches in its standard output, as soon as it has said it; rejects if it ends before. */
  said(what: RegExp): Promise<RegExpExecArray>;
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
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  const said = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = what.exec(output.stdout);
        if (match !== null) resolve(match);
      };
      look();
      child.stdout.on('data', look);
      ended.then(
        ({ stderr }) => reject(new Error(`ended before it said ${what}: ${stderr}`)),
        (error: Error) => reject(error),
      );
    });
  const firstLine = said(/^(.*)\n/).then(([, line]) => line ?? '');
  firstLine.catch(() => undefined);
  return { pid: child.pid ?? 0, ended, firstLine, said, kill: (signal) => child.kill(signal) };
}

async function endOf(child: ChildProcess, output: { stdout: string; stderr: string }): Promise<Ending> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output };
}
