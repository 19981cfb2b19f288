// The process of one benchmark: is told which, tells its steps and what came of it, and ends.
import { once } from 'node:events';
import { inspect } from 'node:util';
import { endWithin } from '../../test/faults/support/belongings.mjs';
import { load } from '../catalogue.mjs';

const STEP_MS = 200;

// Without whoever waits for the result, it is for nothing; ending gives back processes and folders.
process.once('disconnect', () => process.exit(1));
const [{ name, size, seconds }] = await once(process, 'message');
endWithin(seconds);
try {
  const { run } = await load(name);
  await tell(await run(size, tellStep()));
} catch (error) {
  await tell({ error: inspect(error) });
}
process.exit();

function tell(message) {
  return new Promise((resolve) => process.send(message, resolve));
}

/** Several steps a second are enough to look at. */
function tellStep() {
  let last = -Infinity;
  return (step) => {
    if (performance.now() - last < STEP_MS) return;
    last = performance.now();
    process.send({ step });
  };
}
