// npm run privacy: what somebody who steals the database and the logs, but not the keys, can learn (protocol section 2, invariants 4 and 7).
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { endWithin, temporaryFolder } from '../faults/support/belongings.mjs';
import { superuserUrl } from '../faults/support/database-of.mjs';
import { get } from '../faults/support/http.mjs';
import { SealingWatch } from '../faults/support/sealing-watch.mjs';
import { Server } from '../faults/support/server.mjs';
import { searchFolder } from './support/files.mjs';
import { findLinks } from './support/links.mjs';
import {
  formsOfCen,
  formsOfKey,
  formsOfNumber,
  formsOfToken,
  formsOfTokenRequest,
  Needles,
  texts,
} from './support/needles.mjs';
import { PLANTED } from './support/planted-links.mjs';
import { readHeaps, readLog } from './support/remains.mjs';
import { signInStaff } from './support/staff.mjs';
import { ADDRESSES, AGENT, uploadMixed } from './support/traffic.mjs';
import { censOf, learnTruth } from './support/truth.mjs';

const SLOT_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/** So long the load takes at most; nothing may be sealed meanwhile. */
const LOAD_SECONDS = 60;
const MIN_REPORTS = 5;
const NUMBERS = 100;
const PATIENCE_MS = 30_000;
const CANARY = '00c0ffee00c0ffee5ca1ab1e0ddba11f';

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log('npm run privacy\n\n  Loads a server, then searches and joins all that its database and its logs hold.');
  process.exit(0);
}
endWithin(300);
const faults = [];
await run();
console.log(faults.length === 0 ? '\n  ✔ no fault' : `\n${faults.map((fault) => `  ✘ ${fault}`).join('\n')}`);
process.exit(faults.length === 0 ? 0 : 1);

async function run() {
  const folder = temporaryFolder('privacy');
  const dataDir = join(folder, 'data');
  const server = await Server.in(folder, {
    DATA_DIR: dataDir,
    SLOT_SECONDS: String(SLOT_SECONDS),
    MIN_REPORTS: String(MIN_REPORTS),
    MIN_BATCH_CENS: '2000',
    SPLIT_ABOVE: '300',
    TRUSTED_PROXY_HOPS: '1',
  });
  await server.start();
  const database = new SealingWatch(superuserUrl(dataDir));
  // Dead rows stay: what is swept away could be read until then.
  await database.query('ALTER SYSTEM SET autovacuum = off');
  await database.query('SELECT pg_reload_conf()');
  const start = await logPosition(database);
  await roomInDay(server);
  await roomInSlot();
  await firstSealing(database);
  const staff = await signInStaff(server);
  // Half of them by the command line, half by a laboratory system.
  const ordered = await staff.mint(NUMBERS / 2);
  const numbers = [...(await server.mint(NUMBERS / 2, randomUUID())), ...ordered.numbers];
  const before = await whatCanBeAsked(server, staff);
  const { accepted, sent } = await uploadMixed(server.url, await server.rootKey(), numbers);
  // Used, unused and never minted alike.
  await staff.revoke({ number: numbers[0] });
  await staff.revoke({ number: numbers.at(-1) });
  await staff.revoke({ order: ordered.order });
  expectSilence(before, await whatCanBeAsked(server, staff), staff.id);
  const truth = { ...(await learnTruth(database, server.environment, accepted)), accepted };

  const cens = named('a CEN', sent.flatMap(censOf).flatMap(formsOfCen));
  const never = [
    ...named('a permission number', [...numbers, ...sent.map(({ number }) => number)].flatMap(formsOfNumber)),
    ...named(
      'an Idempotency-Key',
      sent.flatMap(({ key }) => formsOfKey(key)),
    ),
    ...named(
      'a token',
      accepted.flatMap(({ token }) => (token ? formsOfToken(token) : [])),
    ),
    ...named(
      'a request for a token',
      accepted.flatMap(({ request }) => (request ? formsOfTokenRequest(request) : [])),
    ),
    ...named('an address', texts(...ADDRESSES)),
    ...named('a user agent', texts(AGENT)),
  ];
  await database.query('CHECKPOINT');
  expectNothing('before sealing: files', searchFolder(folder, new Needles([...cens, ...never])));
  await expectCanary(database, folder);

  await seal(server);
  await database.query('CHECKPOINT');
  expectNothing('after sealing: files', searchFolder(folder, new Needles(never)));
  const inClear = searchFolder(folder, new Needles(cens)).found;
  expectNothing(
    'after sealing: CENs outside tables and their log',
    without(inClear, /in data\/postgres\/data\/(base|pg_wal)\//),
  );
  if (inClear.size === 0) faults.push('no CEN is found even in the published batches: the search is wrong');

  await expectTallied(database);
  await expectNoLinks(database, start, truth);
  await expectNoSequences(database);
  for (const planted of PLANTED) await expectFound(database, planted, truth);
  await database.close();
  await server.kill('SIGTERM');
}

/** Figures and metrics: what can be asked for again and again. */
async function whatCanBeAsked(server, staff) {
  const { own, text } = await staff.figures();
  return { own, text, metrics: String((await get(`${server.url}/metrics`)).body) };
}

/** Sixty numbers were used between the two: no figure says so, and no metric knows an authority. */
function expectSilence(before, after, authority) {
  const ends = ({ own }) => own.days.map(({ redeemed, expired }) => [redeemed, expired]);
  if (String(ends(before)) !== String(ends(after))) faults.push('the figures of ends have changed within a day');
  const minted = after.own.days.at(-1).minted;
  if (minted !== NUMBERS) faults.push(`${minted} numbers are said to be minted, not ${NUMBERS}`);
  if (after.metrics.includes(authority)) faults.push('a metric names an authority');
  console.log('  figures and metrics, before and after the load: no end of a number');
}

/** What is not told yet must be there, or nothing was looked for. */
async function expectTallied(database) {
  const rows = await database.query('SELECT FROM ended_tally');
  const told = await database.query('SELECT FROM ended_day');
  if (rows.length !== 1) faults.push(`${rows.length} tallies after sealing, not one`);
  if (told.length !== 0) faults.push('something was told before the day was over');
}

/** What is told at the end of a day must not be told yet when it is looked for, a slot later. */
async function roomInDay(server) {
  const left = DAY_SECONDS - ((Date.now() / 1000) % DAY_SECONDS);
  if (left < 2 * SLOT_SECONDS) await server.command('clock', 'advance', String(2 * SLOT_SECONDS));
}

/** The load must end before the slot does. */
async function roomInSlot() {
  const left = SLOT_SECONDS - ((Date.now() / 1000) % SLOT_SECONDS);
  if (left < LOAD_SECONDS) await sleep((left + 1) * 1000);
}

/** A new server seals the slot before its start at once, with all that is pending by then. */
async function firstSealing(database) {
  while ((await database.query('SELECT FROM sealed_slot')).length === 0) await sleep(100);
}

async function seal(server) {
  await server.command('clock', 'advance', String(SLOT_SECONDS));
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await sleep(100)) {
    const { batches, children } = JSON.parse((await get(`${server.url}/v1/regions/world`)).body);
    if (batches.length + children.length > 0) return;
  }
  throw new Error(`Nothing was sealed:\n${server.lastWords()}`);
}

async function expectCanary(database, folder) {
  const forms = formsOfCen(CANARY);
  await database.query(`CREATE TABLE canary AS SELECT '\\x${CANARY}'::bytea AS bytes, '${CANARY}' AS text`);
  await database.query('CHECKPOINT');
  const { found } = searchFolder(folder, new Needles([...named('bytes', [forms[0]]), ...named('text', [forms[2]])]));
  for (const form of ['bytes', 'text']) {
    for (const place of ['base', 'pg_wal']) {
      if (![...found.keys()].some((key) => key.startsWith(`${form} in data/postgres/data/${place}/`)))
        faults.push(`a planted CEN in ${form} was not found in ${place}: the search is wrong`);
    }
  }
  await database.query('DROP TABLE canary');
  console.log('  a CEN planted in clear: found in table and log');
}

async function expectNoLinks(database, start, { needles, tokenDigests }) {
  const heaps = await readHeaps(database);
  expectSpentTokens(heaps, tokenDigests);
  const log = await readLog(database, start);
  const dead = heaps.filter(({ live, table }) => !live && !table.startsWith('pg_toast')).length;
  const links = findLinks([...heaps, ...log], needles, MIN_REPORTS);
  console.log(
    `  after sealing: ${heaps.length} rows (${dead} dead) and ${log.length} log records joined in every way: ${links.length} links`,
  );
  faults.push(...links);
}

/** What is not found where it is known to be would not be found elsewhere. */
function expectSpentTokens(heaps, tokenDigests) {
  const rows = heaps.filter(({ live, table }) => live && table === 'spent_token');
  const stored = new Set(rows.flatMap(({ values }) => values.flatMap(({ bytes }) => bytes?.toString('hex') ?? [])));
  const spent = tokenDigests.filter((digest) => digest !== undefined);
  const known = spent.filter((digest) => stored.has(digest.toString('hex'))).length;
  console.log(`  spent tokens: ${known} of ${spent.length} recognized in ${rows.length} rows`);
  if (known !== spent.length || rows.length !== spent.length)
    faults.push('the rows of spent_token are not those that were expected: the search is wrong');
}

async function expectNoSequences(database) {
  const rows = await database.query(`
    SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid IN
      ('batch'::regclass, 'batch_piece'::regclass, 'pending_report'::regclass, 'permission_number'::regclass, 'retry_proof'::regclass, 'spent_token'::regclass, 'day_bundle'::regclass)`);
  faults.push(...rows.map(({ name }) => `${name} is a sequence, or a foreign key of a table that must have none`));
}

async function expectFound(database, { name, finds, statements }, truth) {
  const start = await logPosition(database);
  for (const statement of statements(truth)) await database.query(statement);
  const items = [...(await readHeaps(database)), ...(await readLog(database, start))];
  const links = findLinks(items, truth.needles, MIN_REPORTS);
  await database.query('DROP TABLE planted');
  const found = links.find((link) => finds.test(link));
  console.log(`  planted: ${name}: ${found ?? 'NOT FOUND'}`);
  if (found === undefined) faults.push(`a planted link was not found: ${name}`);
}

async function logPosition(database) {
  return (await database.query('SELECT pg_current_wal_flush_lsn()::text AS lsn'))[0].lsn;
}

function expectNothing(what, { found, files, bytes }) {
  const size = files === undefined ? '' : ` (${files} files, ${(bytes / 1e6).toFixed(0)} MB)`;
  console.log(`  ${what}${size}: ${found.size === 0 ? 'nothing found' : `${found.size} finds`}`);
  for (const [where, count] of found) faults.push(`${what}: ${where}, ${count} times`);
}

function without(found, places) {
  return { found: new Map([...found].filter(([where]) => !places.test(where))) };
}

function named(kind, forms) {
  return forms.map((bytes) => ({ bytes, means: { kind } }));
}
