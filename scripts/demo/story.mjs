// The steps of the demo: each does one thing through the public interface, as an app would, and says what came of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { chaff, newIdempotencyKey, report, sync } from 'cen-client';
import { count, duration, kilobytes, seconds } from './picture.mjs';
import { expectedMatches, MINUTES_PER_CEN } from './people.mjs';
import { SLOT_SECONDS } from './server.mjs';
import { countingFetch, timed } from './wire.mjs';

const CEN_BYTES = 16;
const SEALING_PATIENCE_SECONDS = 60;
const POLL_MS = 100;

/** A diagnosed person's upload: the numbers that their phone gave away, under the cell where it was. */
export async function upload(phone, number, { server, picture, signal }) {
  picture.begin(phone.name, 'uploading');
  const { fetch, moved } = countingFetch();
  const idempotencyKey = newIdempotencyKey();
  const credential = { kind: 'permission', number };
  const groups = [{ cell: phone.cell, cens: phone.given }];
  const sent = await timed(() => report({ baseUrl: server.url, credential, groups, idempotencyKey, fetch, signal }));
  const cens = phone.given.length / CEN_BYTES;
  requireAccepted(sent.result);
  picture.end(phone.name, `${count(cens)} CENs   ${kilobytes(moved.up)}   accepted in ${seconds(sent.seconds)}`);
  return { cens, bytes: moved.up, seconds: sent.seconds };
}

/** Cover traffic: what phones of healthy people send now and then, so that an upload betrays nobody. */
export async function uploadChaff({ server, picture, signal }) {
  picture.begin('cover traffic', 'uploading');
  const { fetch, moved } = countingFetch();
  const sent = await timed(() => chaff({ baseUrl: server.url, fetch, signal }));
  requireAccepted(sent.result);
  picture.end(
    'cover traffic',
    `nothing      ${kilobytes(moved.up)}   accepted in ${seconds(sent.seconds)}, as the others`,
  );
  return { bytes: moved.up, seconds: sent.seconds };
}

/** Waits until the slot has ended and the world's index lists a batch. */
export async function waitForSealing({ server, picture, signal }) {
  const setBar = picture.beginBar('waiting', `for the slot of ${SLOT_SECONDS} s to end`);
  const begun = Date.now() / 1000;
  const due = Math.ceil(begun / SLOT_SECONDS) * SLOT_SECONDS;
  for (let now = begun; now < begun + SEALING_PATIENCE_SECONDS; now = Date.now() / 1000) {
    const response = await fetch(`${server.url}/v1/regions/world`, { signal });
    const { batches } = await response.json();
    if (batches.length > 0) return now - begun;
    setBar((now - begun) / (due - begun));
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new Error(`Nothing was published within ${SEALING_PATIENCE_SECONDS} s.`);
}

/** Reads the full files back, as anybody may, and counts how many of the reported CENs are in them. */
export async function readBack(reporters, { server, signal }) {
  const observations = reporters.flatMap(({ given }) => split(given).map((cen) => ({ cen, observedAt: 0 })));
  const options = { baseUrl: server.url, rootKey: server.rootKey, places: [], observations, encoding: 'full', signal };
  const { matches, downloaded, problems } = await sync(options);
  requireNone(problems);
  const published = new Set(matches.map(({ observation }) => observation)).size;
  return { published, decoys: downloaded.cens - published };
}

/** A phone brings itself up to date and finds which of the numbers that it heard were reported. */
export async function syncPhone(phone, phones, { server, picture, signal }) {
  const setBar = picture.beginBar(phone.name, 'downloading and matching');
  const { fetch, moved } = countingFetch();
  const options = {
    baseUrl: server.url,
    rootKey: server.rootKey,
    places: [phone.cell],
    observations: phone.heard,
    onProgress: ({ bytes }) => setBar(bytes.total > 0 ? bytes.done / bytes.total : 0),
    fetch,
    signal,
  };
  const synced = await timed(() => sync(options));
  const { matches, downloaded, problems } = synced.result;
  requireNone(problems);
  const found = new Set(matches.map(({ observation }) => observation));
  const expected = expectedMatches(phone, phones);
  picture.end(
    phone.name,
    `${kilobytes(moved.down)} in ${seconds(synced.seconds)}   ${picture.emphasis(verdict(found))}`,
  );
  return {
    name: phone.name,
    observations: phone.heard.length,
    expectedMatches: expected.length,
    matches: matches.length,
    isRight: matches.length === expected.length && expected.every((observation) => found.has(observation)),
    downloadedBytes: moved.down,
    requests: moved.requests,
    batchBytes: downloaded.bytes,
    batchCens: downloaded.cens,
    seconds: synced.seconds,
  };
}

function verdict(found) {
  if (found.size === 0) return 'no match';
  const days = new Set([...found].map(({ observedAt }) => Math.floor(observedAt / 86_400))).size;
  return `${found.size} matches: ${duration(found.size * MINUTES_PER_CEN)} on ${days} days`;
}

function requireAccepted(result) {
  if (result.status !== 'accepted') throw new Error(`The upload was not accepted: ${JSON.stringify(result)}`);
}

function requireNone(problems) {
  if (problems.length > 0) throw new Error(`${problems[0].url}: ${problems[0].error.message}`);
}

function split(packed) {
  return Array.from({ length: packed.length / CEN_BYTES }, (_, i) =>
    packed.subarray(i * CEN_BYTES, (i + 1) * CEN_BYTES),
  );
}
