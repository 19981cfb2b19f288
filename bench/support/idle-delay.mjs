import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('idle-delay.entry.mjs', import.meta.url));

/** From now on; `measured` gives the event-loop delay, in ms, below which 99.9 % of an idle process's lie. */
export function watchIdleDelay() {
  const child = fork(ENTRY);
  return {
    async measured() {
      child.send('end');
      const [milliseconds] = await once(child, 'message');
      return milliseconds;
    },
  };
}
