import { once } from 'node:events';

/** Stops the database, lets the watchdog remove its folder, and waits for it. */
export default async function teardown() {
  const { server, watchdog } = globalThis.testServer;
  await server.close();
  const gone = once(watchdog, 'exit');
  watchdog.stdin.end();
  await gone;
}
