import { randomBytes } from 'node:crypto';
import { hexCens, randomCens } from '../../../test/support/packed-report.js';
import { readPublication } from '../../../test/support/publication.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await server.seal();
});

afterEach(() => server.close());

interface State {
  readonly pending: number;
  readonly slots: number;
  readonly batches: number;
  readonly forgotten: number;
}

async function state(): Promise<State> {
  const [row] = await server.rows<State>(
    `SELECT (SELECT count(*)::int FROM pending_report) AS pending, (SELECT count(*)::int FROM sealed_slot) AS slots,
            (SELECT count(*)::int FROM batch) AS batches,
            (SELECT count(*)::int FROM retry_proof WHERE forget_at IS NOT NULL) AS forgotten`,
  );
  return row!;
}

async function addRow(keyId: string, bytes: number): Promise<void> {
  await server.rows('INSERT INTO pending_report (id, key_id, sealed) VALUES (gen_random_uuid(), $1, $2)', [
    keyId,
    randomBytes(bytes),
  ]);
}

describe('a sealing that cannot read a pending report', () => {
  it.each([
    ['because its key is not in the ring', 'ffffffffffffffff', 'no pending-report key ffffffffffffffff'],
    ['because it was altered', 'the current key', 'authenticate'],
  ])('%s gives up at once, whole, and succeeds when that is mended', async (_, keyId, message) => {
    const cens = randomCens(2);
    const [number] = await server.mint(1);
    // In the middle of many megabytes: the rest of the stream must not keep the connection from ending.
    for (let row = 0; row < 8; row++) {
      await addRow(keyId === 'the current key' ? server.keyRing.current('pending-aead').id : keyId, 500_000);
    }
    expect((await server.report({ number, groups: [{ cell: 0n, cens }] })).status).toBe(202);
    await server.moveClock(3600);
    const before = await state();
    await expect(server.seal()).rejects.toThrow(message);
    expect(await state()).toEqual(before);
    expect(await readPublication(server)).toEqual([]);

    await server.rows('DELETE FROM pending_report WHERE octet_length(sealed) = 500000');
    expect(await server.seal()).toMatchObject({ kind: 'sealed', reports: 1 });
    expect((await readPublication(server)).flatMap((batch) => batch.cens)).toEqual(hexCens(cens).sort());
  });
});
