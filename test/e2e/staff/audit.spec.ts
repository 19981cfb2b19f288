import pg from 'pg';
import { Audit, AuditChain, AuditHead, COMMAND_LINE } from '../../../src/staff/index.js';
import { Database } from '../../../src/platform/database/index.js';
import { codeOf, parse, type Person, StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let operator: Person;
let auditor: Person;
let authority: string;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
  auditor = await staff.member(operator, authority, 'auditor');
});
afterAll(() => staff.close());

interface Entry {
  readonly seq: number;
  readonly action: string;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly authorityId: string | null;
}

const read = async (person: Person, path: string): Promise<{ entries: Entry[]; next: number | null }> =>
  parse(await person.browser.send('GET', `/admin/v1/${path}`));

const chain = (): AuditChain => staff.server.app.get(AuditChain);
const database = (): Database => staff.server.app.get(Database);

function record(action: string): Promise<void> {
  return database().transaction((client) =>
    staff.server.app.get(Audit).record(client, { actor: COMMAND_LINE, action }),
  );
}

/** As the schema's owner, who can switch the trigger off. */
async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: staff.server.testDatabase.ownerUrl });
  await client.connect();
  try {
    await client.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_is_append_only');
    await client.query(sql);
    await client.query('ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_is_append_only');
  } finally {
    await client.end();
  }
}

describe('the log', () => {
  it('says who did what, from which role, and for which authority', async () => {
    const { entries } = await read(operator, `audit?action=member.invite&actorId=${operator.id}`);
    expect(entries).toEqual([
      expect.objectContaining({
        actorKind: 'member',
        actorId: operator.id,
        actorRole: 'operator',
        authorityId: authority,
        details: { member: auditor.id, role: 'auditor' },
      }),
    ]);
  });

  it('shows an auditor its own authority, and an operator all', async () => {
    const own = await read(auditor, `authorities/${authority}/audit`);
    expect(new Set(own.entries.map(({ authorityId }) => authorityId))).toEqual(new Set([authority]));
    const all = await read(operator, 'audit');
    expect(all.entries.map(({ authorityId }) => authorityId)).toContain(null);
    expect(all.entries.length).toBeGreaterThan(own.entries.length);
  });

  it('is read in pages, newest first, without a gap', async () => {
    const whole = (await read(operator, 'audit?limit=500')).entries.map(({ seq }) => seq);
    const pages: number[] = [];
    for (let next: number | null = Number.MAX_SAFE_INTEGER; next !== null;) {
      const page: { entries: Entry[]; next: number | null } = await read(operator, `audit?limit=2&before=${next}`);
      pages.push(...page.entries.map(({ seq }) => seq));
      next = page.next;
    }
    expect(pages).toEqual(whole);
    expect(whole).toEqual(whole.map((_, i) => whole.length - i));
    expect(codeOf(await operator.browser.send('GET', '/admin/v1/audit?limit=501'))).toBe('invalid-input');
  });

  it('keeps its chain when fifty transactions append at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => record('test.parallel')));
    expect(await chain().verify()).toMatchObject({ intact: true });
  });

  it('has no entry of what was rolled back', async () => {
    const before = (await read(operator, 'audit?limit=1')).entries[0].seq;
    const audit = staff.server.app.get(Audit);
    const rolledBack = database().transaction(async (client) => {
      await audit.record(client, { actor: COMMAND_LINE, action: 'test.undone' });
      throw new Error('undone');
    });
    await expect(rolledBack).rejects.toThrow('undone');
    expect((await read(operator, 'audit?limit=1')).entries[0].seq).toBe(before);
  });

  it.each([
    ['a permission number', { note: '482199370156' }],
    ['one in groups', { note: '4821 9937 0156' }],
    ['one as a number', { note: 482199370156 }],
    ['a digest', { note: 'ab'.repeat(32) }],
    ['a secret', { note: 'q0Yk1s2m3n4b5v6c7x8z9l0k1j2h3g4f5d6s7a8p9oI' }],
    ['an address', { note: ['192.0.2.1'] }],
    ['an address range', { deep: { note: '2001:db8::/32' } }],
  ])('refuses %s', async (_, details) => {
    const append = database().transaction((client) =>
      staff.server.app.get(Audit).record(client, { actor: COMMAND_LINE, action: 'test.telling', details }),
    );
    await expect(append).rejects.toThrow('look like a number, a digest or an address');
  });
});

describe('the application’s role', () => {
  it.each([
    `UPDATE audit_entry SET action = 'x'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
    'DROP TABLE audit_entry',
  ])('may not %s', async (sql) => {
    await expect(database().pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('is not the only one: the owner is stopped by a trigger, unless on purpose', async () => {
    const client = new pg.Client({ connectionString: staff.server.testDatabase.ownerUrl });
    await client.connect();
    await expect(client.query('DELETE FROM audit_entry')).rejects.toThrow('the audit log is append-only');
    await client.end();
  });
});

describe('verifying', () => {
  const LATER = 'audit_later';

  /** Tampers with a copy of the log's rows and puts them back afterwards. */
  async function tampered(sql: string): Promise<unknown> {
    await asOwner(`CREATE TABLE ${LATER} AS TABLE audit_entry`);
    try {
      await asOwner(sql);
      return await chain().verify();
    } finally {
      await asOwner(`DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM ${LATER}; DROP TABLE ${LATER}`);
    }
  }

  it('finds the untouched log intact', async () => {
    expect(await chain().verify()).toMatchObject({ intact: true });
  });

  it.each([
    ['another action', `UPDATE audit_entry SET action = 'member.change' WHERE seq = 5`, 'altered'],
    ['another actor', `UPDATE audit_entry SET actor_id = gen_random_uuid() WHERE seq = 5`, 'altered'],
    ['another role', `UPDATE audit_entry SET actor_role = 'auditor' WHERE seq = 5`, 'altered'],
    ['another time', 'UPDATE audit_entry SET at = at + 1 WHERE seq = 5', 'altered'],
    ['another authority', 'UPDATE audit_entry SET authority_id = gen_random_uuid() WHERE seq = 5', 'altered'],
    ['other details', `UPDATE audit_entry SET details = '{"x":1}' WHERE seq = 5`, 'altered'],
    ['a row removed', 'DELETE FROM audit_entry WHERE seq = 5', 'missing'],
    ['the first rows removed', 'DELETE FROM audit_entry WHERE seq < 5', 'missing'],
    [
      'a row removed and the rest renumbered',
      'DELETE FROM audit_entry WHERE seq = 5; UPDATE audit_entry SET seq = seq - 1 WHERE seq = 6',
      'altered',
    ],
    [
      'a row put in between',
      `UPDATE audit_entry SET seq = seq + 1000 WHERE seq >= 5;
       INSERT INTO audit_entry SELECT 5, at, actor_kind, actor_id, actor_role, authority_id, action, details, previous, hash
         FROM audit_entry WHERE seq = 4;
       UPDATE audit_entry SET seq = seq - 999 WHERE seq > 1000`,
      'altered',
    ],
  ])('finds %s', async (_, sql, fault) => {
    expect(await tampered(sql)).toMatchObject({ intact: false, fault, seq: expect.any(Number) as number });
  });

  it('finds a row whose hash was computed anew, at the one that follows it', async () => {
    const { hashOf } = await import('../../../src/staff/audit/audit-entry.js');
    const { AuditRepository } = await import('../../../src/staff/audit/audit.repository.js');
    const [entry] = await new AuditRepository(database()).chainAfter(4, 1);
    const forged = hashOf({ ...entry, action: 'member.change' }, entry.previous).toString('hex');
    const sql = `UPDATE audit_entry SET action = 'member.change', hash = '\\x${forged}' WHERE seq = 5`;
    expect(await tampered(sql)).toEqual({ intact: false, seq: 6, fault: 'inserted' });
  });

  it('finds rows cut off the end, or a whole new chain, by a head that was exported before', async () => {
    const head = staff.server.app.get(AuditHead);
    const exported = head.read(await head.sign())!;
    await record('test.after');
    expect(await chain().verify([exported])).toMatchObject({ intact: true });
    await asOwner(`CREATE TABLE ${LATER} AS TABLE audit_entry`);
    await asOwner(`DELETE FROM audit_entry WHERE seq >= ${exported.seq}`);
    expect(await chain().verify()).toMatchObject({ intact: true });
    expect(await chain().verify([exported])).toEqual({ intact: false, seq: exported.seq, fault: 'missing' });
    await record('test.instead');
    expect(await chain().verify()).toMatchObject({ intact: true });
    expect(await chain().verify([exported])).toEqual({ intact: false, seq: exported.seq, fault: 'rewritten' });
    await asOwner(`DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM ${LATER}; DROP TABLE ${LATER}`);
  });
});

test('the exported head is signed: nothing in it can be changed', async () => {
  const signed = parse<Awaited<ReturnType<AuditHead['sign']>>>(
    await auditor.browser.send('GET', '/admin/v1/audit/head'),
  );
  const head = staff.server.app.get(AuditHead);
  expect(head.read(signed)).toEqual({ seq: signed.seq, hash: Buffer.from(signed.hash, 'hex') });
  for (const change of [
    { seq: signed.seq - 1 },
    { hash: 'ab'.repeat(32) },
    { signedAt: signed.signedAt - 1 },
    { keyId: '0'.repeat(16) },
  ])
    expect(head.read({ ...signed, ...change })).toBeUndefined();
});
