import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mint } from '../../src/permissions/minting/mint.js';
import { MintPlacement } from '../../src/permissions/minting/mint-placement.js';
import { OrderNumbers } from '../../src/permissions/minting/order-numbers.js';
import { PermissionOrderRepository } from '../../src/permissions/minting/permission-order.repository.js';
import { Quota } from '../../src/permissions/minting/quota.js';
import { QuotaUseRepository } from '../../src/permissions/minting/quota-use.repository.js';
import { PermissionNumberRepository } from '../../src/permissions/permission-number.repository.js';
import { Permissions } from '../../src/permissions/permissions.js';
import { RedemptionDesk } from '../../src/permissions/redemption-desk.js';
import { type ProofSealing, RetryProofRepository } from '../../src/permissions/retry-proof.repository.js';
import { EndedDayRepository } from '../../src/permissions/statistics/ended-day.repository.js';
import { EndedTallyRepository } from '../../src/permissions/statistics/ended-tally.repository.js';
import { Endings } from '../../src/permissions/statistics/endings.js';
import { MintingDayRepository } from '../../src/permissions/statistics/minting-day.repository.js';
import { IssuerKeys } from '../../src/permissions/tokens/issuer-keys.js';
import { SpentTokenRepository } from '../../src/permissions/tokens/spent-token.repository.js';
import { TokenDesk } from '../../src/permissions/tokens/token-desk.js';
import type { MintedOrder, Minter, MintOrder, PermissionNumber, Redemption } from '../../src/permissions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { KeyRing, KeyUsers } from '../../src/platform/keys/index.js';
import { Audit } from '../../src/staff/index.js';
import { AuditRepository } from '../../src/staff/audit/audit.repository.js';
import { createTestDatabase } from './test-database.js';
import { makeTestKeyRing } from './test-key-ring.js';

/** Enough connections for requests to meet inside Postgres instead of queueing for the pool. */
const POOL_SIZE = 40;

/** The permissions module on a database and a key ring of its own. */
export interface PermissionsFixture {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly keyUsers: KeyUsers;
  readonly permissions: Permissions;
  /** The command line's, for an authority of the fixture's own. */
  readonly minter: Minter;
  /** Mints with numbers of another length: another replica, or after a change of settings. */
  withDigits(permissionDigits: number): (order: MintOrder) => Promise<MintedOrder>;
  /** Mints for {@link minter}, unless another one is given. */
  mint(order: MintOrder, minter?: Minter): Promise<MintedOrder>;
  /** Mints, with a request id of its own unless one is given. */
  mintNumbers(count: number): Promise<readonly PermissionNumber[]>;
  /** Redeems in a transaction of its own. */
  redeem(number: PermissionNumber, idempotencyKey?: Buffer): Promise<Redemption['outcome']>;
  /** Rows of a table, for looking into what is stored. */
  rows<Row>(sql: string): Promise<Row[]>;
  /** Stops `cen_now()` at a moment in Unix seconds, which an offset alone cannot do. */
  freezeClock(unixSeconds: number): Promise<void>;
  /** Seals the proofs 48 h ahead of `cen_now()`, in a transaction like the sealing's. */
  sealProofs(sealing?: Partial<ProofSealing>): Promise<void>;
  /** Moves `cen_now()`. */
  advanceClock(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function createPermissionsFixture(): Promise<PermissionsFixture> {
  const testDatabase = await createTestDatabase();
  const database = new Database(testDatabase.url, POOL_SIZE);
  const folder = mkdtempSync(join(tmpdir(), 'cen-permissions-'));
  makeTestKeyRing(join(folder, 'keyring.json'));
  const ring = new KeyRing(join(folder, 'keyring.json'));
  const keyUsers = new KeyUsers();
  const minter: Minter = { kind: 'system', authorityId: randomUUID(), authorityDailyQuota: undefined };
  const orders = new PermissionOrderRepository(database);
  const numbers = new PermissionNumberRepository(database);
  const proofs = new RetryProofRepository(database);
  const quotaUse = new QuotaUseRepository(database);
  const days = new MintingDayRepository(database);
  const endings = new Endings(ring, new EndedTallyRepository(database), new EndedDayRepository(database), days);
  const assembleMint = (permissionDigits: number): Mint => {
    const config = { permissionDigits, permissionHours: 24 };
    const placement = new MintPlacement(ring, numbers);
    const audit = new Audit(new AuditRepository(database));
    return new Mint(
      database,
      ring,
      orders,
      new OrderNumbers(ring),
      placement,
      new Quota(quotaUse),
      days,
      audit,
      config,
    );
  };
  const minting = assembleMint(12);
  const desk = new RedemptionDesk(ring, numbers, proofs);
  const publicUrl = 'https://cen.example.org';
  const tokens = new TokenDesk(ring, new IssuerKeys(ring), new SpentTokenRepository(), proofs, { publicUrl });
  const permissions = new Permissions(desk, orders, numbers, proofs, quotaUse, endings, tokens, keyUsers, {
    permissionDigits: 12,
  });
  permissions.onModuleInit();

  return {
    database,
    ring,
    keyUsers,
    permissions,
    minter,
    withDigits: (digits) => (order) => assembleMint(digits).mint(minter, order),
    mint: (order, other = minter) => minting.mint(other, order),
    async mintNumbers(count) {
      return (await minting.mint(minter, { requestId: randomUUID(), count })).numbers;
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
    async sealProofs(sealing = {}) {
      await database.transaction(async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        const { rows } = await client.query<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
        const slot = Math.floor(rows[0].now / 3600) * 3600;
        const allPublished = { slot, heldSince: undefined, hasUnread: false };
        await permissions.sealProofs(client, { forgetAt: rows[0].now + 48 * 3600, ...allPublished, ...sealing });
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
