import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mint } from '../../src/permissions/mint.js';
import { MintPlacement } from '../../src/permissions/mint-placement.js';
import { PermissionNumberRepository } from '../../src/permissions/permission-number.repository.js';
import { PermissionOrderRepository } from '../../src/permissions/permission-order.repository.js';
import { Permissions } from '../../src/permissions/permissions.js';
import { RedemptionDesk } from '../../src/permissions/redemption-desk.js';
import { RetryProofRepository } from '../../src/permissions/retry-proof.repository.js';
import type { PermissionNumber, Redemption } from '../../src/permissions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { initKeyRing, KeyRing, KeyUsers } from '../../src/platform/keys/index.js';
import { createTestDatabase } from './test-database.js';

/** Enough connections for requests to meet inside Postgres instead of queueing for the pool. */
const POOL_SIZE = 40;

/** The permissions module on a database and a key ring of its own. */
export interface PermissionsFixture {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly keyUsers: KeyUsers;
  readonly permissions: Permissions;
  readonly authorityId: string;
  /** The module once more, with numbers of another length: another replica, or after a change of settings. */
  withDigits(permissionDigits: number): Permissions;
  /** Mints, with a request id of its own unless one is given. */
  mintNumbers(count: number): Promise<readonly PermissionNumber[]>;
  /** Redeems in a transaction of its own. */
  redeem(number: PermissionNumber, idempotencyKey?: Buffer): Promise<Redemption['outcome']>;
  /** Rows of a table, for looking into what is stored. */
  rows<Row>(sql: string): Promise<Row[]>;
  /** Stops `cen_now()` at a moment in Unix seconds, which an offset alone cannot do. */
  freezeClock(unixSeconds: number): Promise<void>;
  /** Seals the proofs 48 h ahead of `cen_now()`, in a transaction like the sealing's. */
  sealProofs(stillPending?: boolean): Promise<void>;
  /** Moves `cen_now()`. */
  advanceClock(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function createPermissionsFixture(): Promise<PermissionsFixture> {
  const testDatabase = await createTestDatabase();
  const database = new Database(testDatabase.url, POOL_SIZE);
  const folder = mkdtempSync(join(tmpdir(), 'cen-permissions-'));
  initKeyRing(join(folder, 'keyring.json'));
  const ring = new KeyRing(join(folder, 'keyring.json'));
  const keyUsers = new KeyUsers();
  const authorityId = randomUUID();

  const assemble = (permissionDigits: number): Permissions => {
    const config = { permissionDigits, permissionHours: 24 };
    const orders = new PermissionOrderRepository(database);
    const numbers = new PermissionNumberRepository(database);
    const proofs = new RetryProofRepository(database);
    const mint = new Mint(database, ring, orders, new MintPlacement(ring, numbers), config);
    const desk = new RedemptionDesk(ring, numbers, proofs);
    return new Permissions(mint, desk, orders, numbers, proofs, keyUsers, config);
  };
  const permissions = assemble(12);
  permissions.onModuleInit();

  return {
    database,
    ring,
    keyUsers,
    permissions,
    authorityId,
    withDigits: assemble,
    async mintNumbers(count) {
      return (await permissions.mint({ authorityId, requestId: randomUUID(), count })).numbers;
    },
    async redeem(number, idempotencyKey = randomBytes(16)) {
      return database.transaction(async (client) => (await permissions.redeem(client, number, idempotencyKey)).outcome);
    },
    async rows<Row>(sql: string) {
      return (await database.pool.query(sql)).rows as Row[];
    },
    async freezeClock(unixSeconds) {
      const owner = new Database(testDatabase.ownerUrl, 1);
      await owner.pool.query(
        `CREATE OR REPLACE FUNCTION cen_now() RETURNS timestamptz LANGUAGE sql STABLE
         AS 'SELECT to_timestamp(${unixSeconds})'`,
      );
      await owner.close();
    },
    async sealProofs(stillPending = false) {
      await database.transaction(async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        const { rows } = await client.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
        await permissions.sealRetryProofs(client, { forgetAt: rows[0].now + 48 * 3600, stillPending });
      });
    },
    async advanceClock(seconds) {
      await database.pool.query('UPDATE domain_clock SET offset_seconds = offset_seconds + $1', [seconds]);
    },
    async close() {
      await database.close();
      await testDatabase.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
