import { openApplication } from './application.mjs';
import { DAY_SECONDS, History, SLOT_SECONDS } from './history.mjs';
import { startReader } from './reading.mjs';

/** A server whose world has one batch of `cens` CENs, and the path of its compact file. */
export async function serveOneBatch(cens) {
  const start = lastEndedSlot();
  const server = await serveHistory(1, (history) => history.storeBatch(0n, start, cens));
  return { server, path: `/v1/regions/world/batches/${start}-0.compact` };
}

/** A server on what `store` has put into the history of so many days. */
export async function serveHistory(days, store) {
  const { app, folder, close } = await openApplication();
  const history = await History.of(app);
  await history.preparePartitions(days);
  await store(history);
  await history.finish(lastEndedSlot());
  await close();
  return startReader(folder);
}

export function lastEndedSlot() {
  return (Math.floor(Date.now() / 1000 / SLOT_SECONDS) - 1) * SLOT_SECONDS;
}

/** Starts of the slots of so many UTC days up to the last that has ended. */
export function slotsOf(days) {
  const last = lastEndedSlot();
  const first = Math.floor(last / DAY_SECONDS) * DAY_SECONDS - (days - 1) * DAY_SECONDS;
  return Array.from({ length: (last - first) / SLOT_SECONDS + 1 }, (_, i) => first + i * SLOT_SECONDS);
}
