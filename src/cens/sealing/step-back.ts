import { getPriority, setPriority } from 'node:os';

/** Of a processor that one other thread wants this leaves a tenth, so that a sealing goes on. */
const NICE = 10;

/**
 * Lets the thread that answers requests go before the calling one, which computes for seconds. On Linux alone: elsewhere all threads of a
 * process have one priority.
 * @see https://man7.org/linux/man-pages/man2/setpriority.2.html
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.max(getPriority(), NICE));
  } catch {
    // Where a system filters the call, the thread seals as fast as any other computes.
  }
}
