import { generateKeyPairSync, sign } from 'node:crypto';
import { type AuditEntry as ServerEntry, GENESIS, hashOf } from '../../../../src/staff/audit/audit-entry';
import { canonicalJson } from '../../../../src/staff/audit/canonical-json';
import { isIntact, type SignedHead } from './audit-chain';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** A log of the server's own making. */
function logOf(count: number): { entries: ServerEntry[]; head: SignedHead } {
  const entries: ServerEntry[] = [];
  let { hash } = GENESIS;
  for (let seq = 1; seq <= count; seq++) {
    const entry: ServerEntry = {
      seq,
      at: 1_930_910_400 + seq,
      actorKind: seq % 2 ? 'member' : 'system',
      actorId: seq % 2 ? '5f0c3a52-8f0e-4c2e-9d5b-6a7f0f1b2c3d' : null,
      actorRole: seq % 2 ? 'manager' : null,
      authorityId: null,
      action: 'member.change',
      details: { Z: 'ü"\\', a: [1, null, true], nested: { y: 2, x: 1 } },
    };
    hash = hashOf(entry, hash);
    entries.push(entry);
  }
  return { entries, head: signed({ seq: count, hash: hash.toString('hex'), signedAt: 1_930_999_999 }) };
}

function signed(head: { seq: number; hash: string; signedAt: number }): SignedHead {
  const signature = sign(null, Buffer.from(`CEN audit head\n${canonicalJson(head)}`), privateKey).toString('base64url');
  return { ...head, publicKey: publicKey.export({ format: 'jwk' }).x!, signature };
}

test('the server’s own log is intact, the empty one, too', async () => {
  for (const count of [0, 1, 12]) {
    const { entries, head } = logOf(count);
    expect(await isIntact(entries, head)).toBe(true);
  }
});

test('entries that came after the head was signed do not matter', async () => {
  const { head } = logOf(5);
  expect(await isIntact(logOf(7).entries, head)).toBe(true);
});

test.each<[string, (entries: ServerEntry[]) => ServerEntry[]]>([
  ['an action changed', (all) => all.map((entry) => (entry.seq === 3 ? { ...entry, action: 'x' } : entry))],
  ['a detail changed', (all) => all.map((entry) => (entry.seq === 3 ? { ...entry, details: { a: 1 } } : entry))],
  ['one removed', (all) => all.filter(({ seq }) => seq !== 3)],
  ['the last removed', (all) => all.slice(0, -1)],
  ['two swapped', ([a, b, ...rest]) => [b!, a!, ...rest]],
])('with %s it is not', async (_, tamper) => {
  const { entries, head } = logOf(6);
  expect(await isIntact(tamper(entries), head)).toBe(false);
});

test('nor with a head that somebody else wrote', async () => {
  const { entries, head } = logOf(6);
  expect(await isIntact(entries, { ...head, signedAt: head.signedAt - 1 })).toBe(false);
});
