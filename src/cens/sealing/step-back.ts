import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Of a processor that one other thread wants this leaves a tenth, so that a sealing goes on. */
const THREAD_NICE = 10;

/** Leaves a quarter: the threads wait for the process more often than it for them. */
const PROCESS_NICE = 5;

/**
 * Lets the thread that answers requests go before the calling one, which computes for seconds. On Linux alone: elsewhere all threads of a
 * process have one priority.
 * @see https://man7.org/linux/man-pages/man2/setpriority.2.html
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  // Where a system filters the call, the thread seals as fast as any other computes.
  attempt(() => setPriority(Math.max(getPriority(), THREAD_NICE)));
}

/**
 * Lets others go before another process of this machine, which is in a session of its own. Where Linux shares processors out
 * by sessions, one process of Postgres counts as much as this server with all of its threads, and a priority only within its session.
 * @see https://man7.org/linux/man-pages/man7/sched.7.html (the autogroup feature)
 */
export function letOthersGoBefore(pid: number): void {
  if (process.platform !== 'linux') return;
  attempt(() => setPriority(pid, Math.max(getPriority(pid), PROCESS_NICE)));
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(PROCESS_NICE), { flag: 'r+' }));
}

/** A process may have gone, a system may filter the call or lack the file: then all go on as before. */
function attempt(change: () => void): void {
  try {
    change();
  } catch {
    // Nothing depends on it but how long requests wait during a sealing.
  }
}
