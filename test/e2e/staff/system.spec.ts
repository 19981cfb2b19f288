import { Alerts } from '../../../src/platform/health/index.js';
import { readKeyRingFile } from '../../../src/platform/keys/key-ring-file.js';
import type { SystemDocument } from '../../../src/operations/system/system.schema.js';
import { randomCens } from '../../support/packed-report.js';
import { sealNextSlot } from '../../support/publication.js';
import { startTestServer, type TestServer } from '../../support/test-server.js';
import { parse, type Person, StaffServer } from './staff-fixture.js';

const PATIENCE_MS = 20_000;
const MINUTE = 60;

let staff: StaffServer;
let server: TestServer;
let operator: Person;

beforeAll(async () => {
  staff = await StaffServer.start({ settings: { MIN_REPORTS: '2', SLOT_SECONDS: '300' } });
  server = staff.server;
  operator = await staff.operator();
});
afterAll(() => staff.close());

async function system(): Promise<SystemDocument> {
  const answer = await operator.browser.send('GET', '/admin/v1/system');
  expect(answer.status).toBe(200);
  return parse<SystemDocument>(answer);
}

async function systemUntil(holds: (document: SystemDocument) => boolean): Promise<SystemDocument> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
    const document = await system();
    if (holds(document)) return document;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('That did not come about.');
}

async function send(): Promise<void> {
  const [number] = await server.mint(1);
  expect((await server.report({ number, groups: [{ cell: 0n, cens: randomCens(1) }] })).status).toBe(202);
}

it('says nothing of a single redemption: pending reports are counted at a sealing, and only MIN_REPORTS and more', async () => {
  await server.seal();
  const before = await system();
  expect(before.sealing.pendingAtLastSealing).toBe(null);
  await send();
  const after = await system();
  expect([after.sealing, after.database]).toEqual([before.sealing, before.database]);
  // Another process that looks for the first time says the same, but for one report in a hundred.
  expect(after.database.bytes % (16 * 1024 * 1024)).toBe(0);
  expect(await sealNextSlot(server)).toMatchObject({ held: true });
  const held = (await system()).sealing;
  expect(held).toMatchObject({ pendingAtLastSealing: null, heldSince: held.lastSlot, overdue: false });

  await send();
  expect(await sealNextSlot(server)).toMatchObject({ reports: 2 });
  const published = (await systemUntil(({ sealing }) => sealing.heldSince === null)).sealing;
  expect(published).toMatchObject({ pendingAtLastSealing: 2, lastSlot: held.lastSlot! + 300 });
  const counts = await server.rows<{ pending: number | null }>('SELECT pending FROM sealed_slot ORDER BY start');
  expect(counts.slice(0, -1).every(({ pending }) => pending === null)).toBe(true);
});

it('shows the age of every key and no secret', async () => {
  const document = await system();
  expect(document.keys.map(({ purpose }) => purpose).sort()).toEqual(
    server.keyRing
      .list()
      .map(({ purpose }) => purpose)
      .sort(),
  );
  const signing = document.keys.find(({ purpose }) => purpose === 'batch-signing')!;
  expect(signing).toMatchObject({ state: 'current', rotatesAt: signing.createdAt + 30 * 86_400 });
  const text = JSON.stringify(document);
  for (const { secret } of readKeyRingFile(server.keyRing.path)) {
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(text).not.toContain(secret!.toString(encoding));
  }
});

it('shows what another replica has raised, by its code alone, until that clears it or goes', async () => {
  const other = await startTestServer({ replicaOf: server, settings: { ROLES: 'public' } });
  const alerts = other.app.get(Alerts);
  alerts.raise('retention-failed', 'connect ECONNREFUSED 192.0.2.17', 3);
  const { alerts: seen, replicas, serverTime } = await systemUntil((document) => document.alerts.length > 0);
  expect(seen).toMatchObject([
    {
      code: 'retention-failed',
      severity: 'warning',
      detail: expect.stringMatching(/Now: 3\.$/),
      doc: 'docs/operations.md#retention-failed',
    },
  ]);
  expect(Math.abs(seen[0]!.since - serverTime)).toBeLessThan(MINUTE);
  expect(JSON.stringify([seen, await server.rows('SELECT * FROM replica_alert')])).not.toContain('192.0.2');
  expect(replicas.map(({ roles }) => roles).sort()).toEqual([['public'], ['public', 'admin']].sort());

  alerts.clear('retention-failed');
  await systemUntil((document) => document.alerts.length === 0);
  alerts.raise('sealing-failed');
  await systemUntil((document) => document.alerts.length > 0);
  await other.close();
  const after = await system();
  expect([after.alerts, after.replicas.length]).toEqual([[], 1]);
});

it('forgets a replica that went without a word, and at once what it had raised', async () => {
  const insert = `INSERT INTO replica (id, name, roles, version, last_seen)
    VALUES (gen_random_uuid(), $1, '{worker}', '0', cen_now() - $2 * interval '1 minute') RETURNING id`;
  const [lost] = await server.rows<{ id: string }>(insert, ['lost', 5]);
  await server.rows(insert, ['long lost', 61]);
  await server.rows("INSERT INTO replica_alert (replica_id, code) VALUES ($1, 'sealing-failed')", [lost!.id]);
  // Each beat drops what is past its time.
  server.app.get(Alerts).raise('keys-lost');
  const { alerts, replicas } = await systemUntil(
    (document) => document.alerts.length > 0 && !document.replicas.some(({ name }) => name === 'long lost'),
  );
  expect(alerts.map(({ code }) => code)).toEqual(['keys-lost']);
  expect(replicas.map(({ name }) => name)).toContain('lost');
});
