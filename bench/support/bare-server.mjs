import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('bare-server.entry.mjs', import.meta.url));

/** Starts node:http alone, in a process of its own, with the answer that a real server gave; resolves to its address. */
export async function startBareServer({ body, headers }) {
  const child = fork(ENTRY, [], { serialization: 'advanced' });
  child.send({ body, headers });
  const [{ url }] = await once(child, 'message');
  return { url, pid: child.pid, stop: () => child.kill() };
}
