import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { createTestDatabase } from '../../test/support/test-database.js';
import { ClockModule } from '../platform/clock/index.js';
import { ConfigModule, loadConfig } from '../platform/config/index.js';
import { DatabaseModule } from '../platform/database/index.js';
import { HealthModule } from '../platform/health/index.js';
import { KeyRotation, KeysModule, KeyUsers } from '../platform/keys/index.js';
import { MetricsModule } from '../platform/metrics/index.js';
import { StaffModule } from '../staff/index.js';
import { Minting, MintingModule, PermissionsModule, systemMinter } from './index.js';

test('assembled by Nest: mints, tells the rotation what it needs, and ends cleanly', async () => {
  const testDatabase = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'cen-module-'));
  const config = loadConfig({ DATA_DIR: dataDir, PERMISSION_DIGITS: '10' });
  const assembled = await Test.createTestingModule({
    imports: [
      ConfigModule.of(config),
      DatabaseModule.of(testDatabase.url, 5),
      MetricsModule,
      HealthModule,
      ClockModule,
      KeysModule.of(config),
      StaffModule.of({ roles: new Set(['worker']) }),
      PermissionsModule,
      MintingModule.of(config),
    ],
  }).compile();
  assembled.useLogger(false);
  await assembled.init();

  const minter = systemMinter({ id: randomUUID(), dailyQuota: null });
  const { numbers } = await assembled.get(Minting).mint(minter, { requestId: randomUUID(), count: 2 });
  expect(numbers).toEqual([expect.stringMatching(/^\d{10}$/), expect.stringMatching(/^\d{10}$/)]);
  const inUse = await assembled.get(KeyUsers).inUse();
  expect([...inUse].map(([purpose, ids]) => [purpose, ids.size])).toEqual([
    ['staff-aead', 0],
    ['number-hmac', 1],
    ['mint-prf', 1],
    ['retry-proof', 0],
    ['pending-aead', 0],
  ]);
  const rotation = assembled.get(KeyRotation);
  expect(rotation.startAutomaticRotation(60_000)).toBe(true);
  expect(await rotation.rotate()).toEqual({ made: [], retired: [], destroyed: [], missing: [] });

  await assembled.close();
  await testDatabase.drop();
  rmSync(dataDir, { recursive: true });
});
