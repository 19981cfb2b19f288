import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { runNode } from '../../support/child-process.js';
import { StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let folder: string;

beforeAll(async () => {
  staff = await StaffServer.start();
  folder = mkdtempSync(join(tmpdir(), 'cen-command-line-'));
});
afterAll(async () => {
  await staff.close();
  rmSync(folder, { recursive: true });
});

/** `npm run cen -- …` beside the running server. */
async function cen(
  ...args: string[]
): Promise<{ code: number | null; document: Record<string, unknown>; stderr: string }> {
  const { testDatabase, dataDir } = staff.server;
  const env = { DATABASE_URL: testDatabase.url, DATABASE_OWNER_URL: testDatabase.ownerUrl, DATA_DIR: dataDir };
  const root = resolve(__dirname, '../../..');
  const { code, stdout, stderr } = await runNode([join(root, 'dist/cli.js'), ...args, '--json'], env, root).ended;
  return { code, document: JSON.parse(stdout.trim().split('\n').at(-1) || '{}') as Record<string, unknown>, stderr };
}

test('makes the first operator, once, and brings back one who has lost everything', async () => {
  const made = await cen('operator', 'create', '--name', 'First.Operator');
  expect(made).toMatchObject({ code: 0, document: { operator: { login: 'first.operator', role: 'operator' } } });
  const { token } = made.document['link'] as { token: string };
  const operator = await staff.accept(token);

  expect(await cen('operator', 'create', '--name', 'first.operator')).toMatchObject({ code: 1 });

  const reset = await cen('operator', 'reset', '--name', 'first.operator');
  expect((await operator.browser.send('GET', '/admin/v1/session')).status).toBe(401);
  const again = await staff.accept((reset.document['link'] as { token: string }).token);
  expect(again.id).toBe(operator.id);
}, 180_000);

test('proves the log, and says with exit 1 where it was tampered with', async () => {
  await staff.operator();
  const head = join(folder, 'head.json');
  const signed = (await cen('audit', 'head')).document;
  writeFileSync(head, JSON.stringify(signed));
  expect(await cen('audit', 'verify', '--head', head)).toMatchObject({ code: 0, document: { intact: true } });

  writeFileSync(head, JSON.stringify({ ...signed, seq: 1 }));
  expect(await cen('audit', 'verify', '--head', head)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('was not signed by this deployment') as string,
  });

  const client = new pg.Client({ connectionString: staff.server.testDatabase.ownerUrl });
  await client.connect();
  await client.query(
    `ALTER TABLE audit_entry DISABLE TRIGGER ALL; UPDATE audit_entry SET action = 'nothing.happened' WHERE seq = 2`,
  );
  await client.end();
  expect(await cen('audit', 'verify')).toMatchObject({
    code: 1,
    document: { intact: false, seq: 2, fault: 'altered' },
  });
}, 180_000);
