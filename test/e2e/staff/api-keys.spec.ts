import { isKeyText } from '../../../src/staff/api-keys/key-text.js';
import { ApiKeys } from '../../../src/staff/api-keys/api-keys.js';
import { codeOf, parse, type Person, sha256, StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let operator: Person;
let authority: string;
let manager: Person;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
  manager = await staff.member(operator, authority, 'manager');
});
afterAll(() => staff.close());

const DAY = 86_400;

/** Whose key it is, as the door finds out. */
const recognise = (text: string, address = '203.0.113.7') =>
  staff.server.app.get(ApiKeys, { strict: false }).recognise(text, address);

const list = async () =>
  parse<{ apiKeys: { id: string; lastUsedOn: string | null }[] }>(
    await manager.browser.send('GET', `/admin/v1/authorities/${authority}/api-keys`),
  ).apiKeys;

describe('an API key', () => {
  it('is shown once, stored as a hash, and opens what it is for', async () => {
    const { id, text } = await staff.apiKey(manager, authority, { dailyQuota: 12 });
    expect(text).toMatch(/^cen_[\w-]{43}[0-9a-f]{8}$/);
    expect(await recognise(text)).toEqual({
      kind: 'key',
      role: 'key',
      id,
      authorityId: authority,
      dailyQuota: 12,
      authorityDailyQuota: undefined,
    });
    expect(JSON.stringify(await list())).not.toContain(text.slice(4));
    const rows = await staff.server.rows<{ hash: Buffer }>('SELECT key_hash AS hash FROM api_key WHERE id = $1', [id]);
    expect(rows).toEqual([{ hash: sha256(text) }]);
  });

  it('that is mistyped is refused without a look-up', async () => {
    const { text } = await staff.apiKey(manager, authority);
    const flipped = text.slice(0, 10) + (text[10] === 'A' ? 'B' : 'A') + text.slice(11);
    expect([
      isKeyText(text),
      isKeyText(flipped),
      isKeyText(text.slice(0, -1)),
      isKeyText(`cen_${'A'.repeat(51)}`),
    ]).toEqual([true, false, false, false]);
    expect(await recognise(flipped)).toBeUndefined();
  });

  it('notes the day of its last use, and nothing finer', async () => {
    const { id, text } = await staff.apiKey(manager, authority);
    const lastUsed = async () => (await list()).find((key) => key.id === id)!.lastUsedOn;
    expect(await lastUsed()).toBeNull();
    await recognise(text);
    expect(await lastUsed()).toBe(new Date((await staff.server.now()) * 1000).toISOString().slice(0, 10));
    const columns = await staff.server.rows(
      `SELECT FROM information_schema.columns WHERE table_name = 'api_key' AND column_name LIKE '%used%' AND data_type <> 'date'`,
    );
    expect(columns).toEqual([]);
  });

  it('bound to address ranges works from there only', async () => {
    const { text } = await staff.apiKey(manager, authority, { sourceRanges: ['192.0.2.0/24', '2001:db8:7::/48'] });
    for (const address of ['192.0.2.1', '::ffff:192.0.2.255', '2001:db8:7:1::1'])
      expect(await recognise(text, address)).toBeDefined();
    for (const address of ['192.0.3.1', '2001:db8:8::1', '::1']) expect(await recognise(text, address)).toBeUndefined();
  });

  it('ends when it is revoked', async () => {
    const { id, text } = await staff.apiKey(manager, authority);
    const revoke = () => manager.browser.send('DELETE', `/admin/v1/authorities/${authority}/api-keys/${id}`);
    expect((await revoke()).status).toBe(204);
    expect(await recognise(text)).toBeUndefined();
    expect(codeOf(await revoke())).toBe('staff-not-found');
  });

  it('does not work while its authority is disabled', async () => {
    const { text } = await staff.apiKey(manager, authority);
    const disable = (disabled: boolean) =>
      operator.browser.send('PATCH', `/admin/v1/authorities/${authority}`, { disabled });
    await disable(true);
    expect(await recognise(text)).toBeUndefined();
    await disable(false);
    expect(await recognise(text)).toBeDefined();
  });

  it('signs in nowhere else: what is for members refuses it, cookie or not', async () => {
    const { text } = await staff.apiKey(manager, authority);
    const answer = await manager.browser.send('GET', '/admin/v1/session', undefined, {
      authorization: `Bearer ${text}`,
    });
    expect(codeOf(answer)).toBe('not-allowed');
    for (const authorization of ['Bearer nonsense', `Basic ${text}`, text]) {
      const refused = await manager.browser.send('GET', '/admin/v1/session', undefined, { authorization });
      expect([refused.status, codeOf(refused)]).toEqual([401, 'sign-in-required']);
      expect(refused.headers['www-authenticate']).toBe('Bearer realm="cen"');
    }
  });

  it('expires', async () => {
    const { text } = await staff.apiKey(manager, authority, { validityDays: 1 });
    await staff.server.moveClock(DAY - 60);
    expect(await recognise(text)).toBeDefined();
    await staff.server.moveClock(60);
    expect(await recognise(text)).toBeUndefined();
  });
});
