// A process that does nothing: how long its event loop is held up is the machine's doing.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
process.once('message', () => process.send(delay.percentile(99.9) / 1e6, () => process.exit()));
process.once('disconnect', () => process.exit());
