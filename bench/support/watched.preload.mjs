// Loaded into the server by --import: writes how long its main thread's event loop was held up, and how much memory it has used at most,
// into WATCH_FILE, each time it gets SIGUSR2. The first signal starts the measurement.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** How often it looks, in ms, Node's default; a delay is counted with it. More often, more samples of the quiet times would hide it. */
const RESOLUTION_MS = 10;

if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  process.on('SIGUSR2', () => {
    const measured = {
      p50: delay.percentile(50) / 1e6,
      p999: delay.percentile(99.9) / 1e6,
      most: delay.max / 1e6,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    };
    writeFileSync(process.env.WATCH_FILE, JSON.stringify(measured));
    delay.reset();
    delay.enable();
  });
}
