import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Of a processor that one other thread wants this leaves a tenth, so that a sealing goes on. */
const THREAD_NICE = 10;

/** Leaves a quarter: the threads wait for the process more often than it for them. */
export const PROCESS_NICE = 5;

/**
 * Lets the thread that answers requests go before the calling one, which computes for seconds. On Linux alone: elsewhere all threads of a
 * process have one priority.
 * @see https://man7.org/linux/man-pages/man2/setpriority.2.html
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  attempt(() => setPriority(Math.max(getPriority(), THREAD_NICE)));
}

/**
 * The same for another process. Linux may share processors out by sessions (autogroups): a process of Postgres is one, counts as much as
 * this server with all its threads, and has a priority within its session alone; so that of the session is set, too.
 * @param name as Linux knows it: a number may be another process's here, where Postgres runs in another container
 * @see https://man7.org/linux/man-pages/man7/sched.7.html
 */
export function stepBackProcess(pid: number, name: string): void {
  if (process.platform !== 'linux') return;
  attempt(() => {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8') !== `${name}\n`) return;
    setPriority(pid, Math.max(getPriority(pid), PROCESS_NICE));
    writeFileSync(`/proc/${pid}/autogroup`, String(PROCESS_NICE), { flag: 'r+' });
  });
}

/** Where a system does not permit it, or has nothing of the kind, requests wait longer during a sealing, and nothing else changes. */
function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // As said.
  }
}
