// A benchmark runs in a process of its own, with the server's options: neither its heap nor what it leaves open reaches the next one.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { START_OPTIONS } from '../../test/faults/support/start-options.mjs';

const ENTRY = fileURLToPath(new URL('apart.entry.mjs', import.meta.url));

/** @returns what the benchmark gave back, or `{ error }`, also when it has not ended after so many seconds */
export async function runApart({ name, size, seconds }, progress) {
  const child = fork(ENTRY, [], {
    execArgv: [...START_OPTIONS, '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let outcome;
  child.on('message', (message) => {
    if (message.step !== undefined) progress(message.step);
    else outcome = message;
  });
  child.send({ name, size, seconds });
  const [code, signal] = await once(child, 'exit');
  return outcome ?? { error: `ended with ${signal ?? code} before it had a result` };
}
