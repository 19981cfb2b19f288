// @ts-check
// node client/example/sync-and-report.mjs <server> <root key> [permission number]
import { cellsAround, cellsAt, report, sync } from 'cen-client';

const [baseUrl = '', rootKey = '', number] = process.argv.slice(2);
const fix = /** @type {const} */ ([52.52, 13.405, 50]); // latitude, longitude, error in metres
const places = cellsAround(...fix); // to follow: somebody in the next cell may have been near
const broadcast = crypto.getRandomValues(new Uint8Array(16 * 96)); // what this phone sent out in a day
const heard = [{ cen: broadcast.slice(0, 16), observedAt: Date.now() / 1000 - 60, cells: places }];

if (number) {
  const groups = cellsAt(...fix).map((cell) => ({ cell, cens: broadcast })); // only where this phone may have been
  const answer = await report({ baseUrl, credential: { kind: 'permission', number }, groups });
  console.log(`report: ${answer.status}`);
  if (answer.status !== 'accepted') process.exitCode = 1;
}
const { matches, problems, downloaded } = await sync({ baseUrl, rootKey, places, observations: heard });
console.log(`sync: ${matches.length} matches in ${downloaded.cens} CENs, ${problems.length} files not handled`);
