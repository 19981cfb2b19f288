import { randomBytes } from 'node:crypto';
import { loseKeys } from '../../../test/support/lose-keys.js';
import { hexCens, newIdempotencyKey, randomCens } from '../../../test/support/packed-report.js';
import { readPublication, sealNextSlot } from '../../../test/support/publication.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Alerts } from '../../platform/health/index.js';
import { SealingWatch } from './sealing-watch.js';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await server.seal();
});

afterEach(() => server.close());

async function addRow(keyId: string, bytes: number): Promise<void> {
  await server.rows('INSERT INTO pending_report (id, key_id, sealed) VALUES (gen_random_uuid(), $1, $2)', [
    keyId,
    randomBytes(bytes),
  ]);
}

async function send(idempotencyKey = newIdempotencyKey()): Promise<{ cens: string[]; again: () => Promise<number> }> {
  const cens = randomCens(2);
  const [number] = await server.mint(1);
  const report = async () => (await server.report({ number, groups: [{ cell: 0n, cens }], idempotencyKey })).status;
  expect(await report()).toBe(202);
  return { cens: hexCens(cens).sort(), again: report };
}

async function published(): Promise<string[]> {
  return (await readPublication(server)).flatMap((batch) => batch.cens).sort();
}

async function raised(): Promise<unknown[]> {
  await server.app.get(SealingWatch).look();
  return server.app.get(Alerts).list();
}

describe('one pending report that cannot be decrypted stopped every sealing', () => {
  it.each([
    ['because its key is not in the ring', 'ffffffffffffffff'],
    ['because it was altered', 'the current key'],
  ])('%s: it stays, the others are published, and an operator is told', async (_, keyId) => {
    // In the middle of many megabytes: what is left out must not disturb the stream of rows.
    for (let row = 0; row < 8; row++) {
      await addRow(keyId === 'the current key' ? server.keyRing.current('pending-aead').id : keyId, 500_000);
    }
    const { cens } = await send();
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', reports: 1, unreadable: 8, left: 0 });
    expect(await published()).toEqual(cens);
    expect(await server.rows('SELECT count(*)::int AS count FROM pending_report')).toEqual([{ count: 8 }]);
    expect(await raised()).toMatchObject([{ code: 'pending-unreadable', count: 8 }]);

    await server.rows('DELETE FROM pending_report');
    expect(await sealNextSlot(server)).toMatchObject({ kind: 'sealed', unreadable: 0 });
    expect(await raised()).toEqual([]);
  });

  it('and is published, once, by the first sealing that has its key again', async () => {
    const lost = await send();
    const bringBack = loseKeys(server.keyRing, 'pending-aead');
    const kept = await send();
    expect(await sealNextSlot(server)).toMatchObject({ reports: 1, unreadable: 1 });
    expect(await published()).toEqual(kept.cens);
    // Nothing tells its proof from the other's: while it waits neither is forgotten (invariant 2).
    await server.moveClock(60 * 3600);
    expect([await lost.again(), await kept.again()]).toEqual([202, 202]);

    bringBack();
    expect(await server.seal()).toMatchObject({ reports: 1, unreadable: 0 });
    // The earlier batch has gone into its day's bundle.
    expect(await published()).toEqual(lost.cens);
    expect(await sealNextSlot(server)).toMatchObject({ reports: 0, unreadable: 0 });
  });
});
