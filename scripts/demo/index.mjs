// npm run demo [-- --json]: the main job from end to end, on a real server and a real PostgreSQL that leave nothing behind.
import { parseArgs } from 'node:util';
import { cellsAt } from 'cen-client';
import { CENS_PER_PHONE, liveThreeWeeks, MEETINGS } from './people.mjs';
import { count, createPicture, duration, kilobytes, seconds } from './picture.mjs';
import { startServer } from './server.mjs';
import { readBack, syncPhone, upload, uploadChaff, waitForSealing } from './story.mjs';
import { timed } from './wire.mjs';

const TOWNS = { Vienna: [48.2, 16.37], Budapest: [47.5, 19.05], Graz: [47.07, 15.44] };
/** The bar for batches of this size: 5.2 bytes is what the entropy of such a set takes, with a false match in 10^12 look-ups. */
const MOST_BYTES_PER_CEN = 5.34;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const picture = createPicture(values.json ? undefined : process.stdout);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

try {
  const { result: outcome, seconds: total } = await timed(() => play(interruption.signal));
  const checks = checksOf(outcome);
  conclude(outcome, checks, total);
  process.exitCode = checks.every(({ isRight }) => isRight) ? 0 : 1;
} catch (error) {
  picture.clear();
  console.error(interruption.signal.aborted ? '\nStopped; nothing is left behind.' : error);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}

/** Plays the whole story; whatever happens, the server is gone when it ends. */
async function play(signal) {
  picture.title('Who was near somebody who is ill? Nobody learns but the phone.');
  picture.text(
    'Ada, Ben and Cleo are diagnosed. Dora and Emil would like to know whether',
    'they were near one of them. For 21 days, 12 hours a day, three phones were',
    'near each of theirs. Every 5 minutes, phones that are near each other give',
    `each other a random number, a CEN: each gave ${count(CENS_PER_PHONE)} and heard as many.`,
    '',
    ...MEETINGS.map(
      ({ who, what, daysAgo, minutes }) =>
        `· ${who.join(' and ')}: ${what} of ${duration(minutes)}, ${daysAgo} days ago`,
    ),
    '· Emil met none of them.',
  );
  picture.heading('Server', 'the real one, with a PostgreSQL of its own');
  picture.begin('starting', 'making a database');
  const started = await timed(startServer);
  const server = started.result;
  try {
    signal.throwIfAborted();
    picture.end('ready', `${server.url}   in ${seconds(started.seconds)}`);
    return await tell({ server, picture, signal });
  } finally {
    picture.clear();
    await server.close();
  }
}

async function tell(stage) {
  const { server } = stage;
  const phones = liveThreeWeeks(Date.now() / 1000, (town) => cellsAt(...TOWNS[town], 100)[0]);
  const ill = phones.filter(({ diagnosed }) => diagnosed);

  picture.heading('Permission', 'a number from the health authority allows one report');
  const numbers = await server.mint(ill.length);
  ill.forEach(({ name }, i) => picture.done(name, numbers[i]));

  picture.heading('Report', 'their phones send the CENs that they gave away, padded');
  const uploads = [];
  for (const [i, phone] of ill.entries()) uploads.push(await upload(phone, numbers[i], stage));
  const cover = await uploadChaff(stage);

  picture.heading('Sealing', 'one sorted, signed set for all; who sent what is gone');
  const waited = await waitForSealing(stage);
  const { published, decoys } = await readBack(ill, stage);
  picture.end('published', `${count(published)} reported CENs + ${count(decoys)} decoys   after ${seconds(waited)}`);

  picture.heading('Sync', 'phones download the set and compare it with what they heard');
  const synced = [];
  for (const phone of phones.filter(({ diagnosed }) => !diagnosed)) synced.push(await syncPhone(phone, phones, stage));

  const { batchBytes, batchCens } = synced[0];
  return {
    reported: sum(uploads, ({ cens }) => cens),
    published,
    decoys,
    expectedMatches: sum(synced, ({ expectedMatches }) => expectedMatches),
    matches: sum(synced, ({ matches }) => matches),
    bytesPerCen: batchBytes / batchCens,
    uploadedBytes: sum([...uploads, cover], ({ bytes }) => bytes),
    downloadedBytes: sum(synced, ({ downloadedBytes }) => downloadedBytes),
    sealingSeconds: waited,
    phones: synced,
  };
}

/** What must hold, each with what was found. */
function checksOf({ reported, published, matches, expectedMatches, phones, bytesPerCen }) {
  return [
    {
      name: 'complete',
      isRight: published === reported,
      text: `${count(published)} of ${count(reported)} reported CENs are in the public files`,
    },
    {
      name: 'right',
      isRight: phones.every(({ isRight }) => isRight),
      text: `${matches} CENs matched; ${expectedMatches} were exchanged with Ada, Ben or Cleo`,
    },
    {
      name: 'small',
      isRight: bytesPerCen <= MOST_BYTES_PER_CEN,
      text: `${bytesPerCen.toFixed(2)} bytes per CEN downloaded, instead of 16`,
    },
  ];
}

function conclude(outcome, checks, totalSeconds) {
  picture.heading('Result', `${seconds(totalSeconds)} in all; server, database and files are gone again`);
  for (const { name, isRight, text } of checks) picture.checked(isRight, name, text);
  picture.done('moved', `${kilobytes(outcome.uploadedBytes)} up, ${kilobytes(outcome.downloadedBytes)} down`);
  picture.text('');
  if (values.json) console.log(JSON.stringify({ ...outcome, seconds: totalSeconds }));
}

function sum(items, amount) {
  return items.reduce((total, item) => total + amount(item), 0);
}
