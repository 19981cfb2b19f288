import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { createPermissionsFixture, type PermissionsFixture } from '../../../test/support/permissions-fixture.js';

const ROUNDS = 7;

let fixture: PermissionsFixture;
beforeEach(async () => {
  fixture = await createPermissionsFixture();
});
afterEach(() => fixture.close());

test('minting 1,000 numbers costs at most ten times one bulk insert of 1,000 such rows', async () => {
  const { minter, database } = fixture;
  const inserting: number[] = [];
  const minting: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const digests = Array.from({ length: 1000 }, () => randomBytes(32));
    inserting.push(
      await milliseconds(() =>
        database.transaction((client) =>
          client.query(
            `INSERT INTO permission_number (digest, hmac_key_id, authority_id, expires_at)
             SELECT digest, 'measured', $2, now() FROM unnest($1::bytea[]) AS digest`,
            [digests, minter.authorityId],
          ),
        ),
      ),
    );
    minting.push(await milliseconds(() => fixture.mint({ requestId: randomUUID(), count: 1000 })));
  }
  expect(median(minting) / median(inserting)).toBeLessThan(10);
});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
