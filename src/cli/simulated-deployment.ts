import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Cens } from '../cens/index.js';
import { Minting, systemMinter } from '../permissions/index.js';
import { type Environment, environment, loadConfig } from '../platform/config/index.js';
import { Database, moveClock, openPostgres } from '../platform/database/index.js';
import { KeyRing } from '../platform/keys/index.js';
import { type Deployment, Fleet } from '../simulation/index.js';
import { Authorities, DEFAULT_AUTHORITY } from '../staff/index.js';
import { UsageError } from '../usage-error.js';
import { type CommandContext, withApplication } from './context.js';

/** What a deployment of the simulation's own is set to. */
export interface OwnDeployment {
  readonly servers: number;
  readonly slotSeconds: number;
  readonly minReports: number;
  readonly splitAbove: number;
  readonly minBatchCens: number;
}

const SERVER_ENTRY = fileURLToPath(new URL('../main.js', import.meta.url));

/** Starts servers on an embedded database in a temporary folder, and leaves nothing. */
export async function withOwnDeployment<T>(
  own: OwnDeployment,
  work: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cen-simulation-'));
  const postgres = await openPostgres({ dataDir: join(folder, 'database') });
  const settings = environmentOf(own, folder, postgres);
  const fleet = new Fleet(SERVER_ENTRY, settings);
  const letGo = async () => {
    await postgres.close();
    rmSync(folder, { recursive: true, force: true });
  };
  // The servers go with this process; the database must be told.
  const interrupt = () => void letGo().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await withApplication(async (context) => {
      try {
        await fleet.start(own.servers);
        return await work({
          ...deploymentOf(context),
          urls: fleet.urls,
          kill: (index) => fleet.killOne(index),
          whole: () => fleet.whole(),
          kills: () => fleet.kills,
        });
      } finally {
        await fleet.stop();
      }
    }, loadConfig(settings));
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await letGo();
  }
}

/** A server that runs already, on the database and key ring of the environment. */
export async function withRunningDeployment<T>(url: string, work: (deployment: Deployment) => Promise<T>): Promise<T> {
  return withApplication(async (context) => {
    if (context.config.production) throw new UsageError('The clock of a production deployment cannot be moved.');
    const whole = () => Promise.resolve();
    return work({ ...deploymentOf(context), urls: [url], whole, kills: () => 0 });
  });
}

function environmentOf(own: OwnDeployment, folder: string, database: { url: string; ownerUrl: string }): Environment {
  return {
    ...environment(),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    DATA_DIR: join(folder, 'keys'),
    KEYRING_FILE: '',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    ROLES: 'public,admin,worker',
    UPLOAD_POLICY: 'permission',
    REPORT_KIND: 'cen',
    RESPONSE_FLOOR_MS: '100',
    SLOT_SECONDS: String(own.slotSeconds),
    MIN_REPORTS: String(own.minReports),
    SPLIT_ABOVE: String(own.splitAbove),
    MIN_BATCH_CENS: String(own.minBatchCens),
  };
}

function deploymentOf({ app, config }: CommandContext) {
  return {
    rootKey: app.get(KeyRing).rootPublicKey(),
    slotSeconds: config.slotSeconds,
    retentionDays: config.retentionDays,
    worldMaxHoldSeconds: config.worldMaxHoldSeconds,
    mint: async (count: number) => {
      const authority = await app.get(Authorities).find(DEFAULT_AUTHORITY);
      const order = { requestId: randomUUID(), count };
      return app.get(Minting).mint(systemMinter(authority!), order);
    },
    moveClock: (seconds: number) => moveClock(app.get(Database), seconds),
    lastSealed: () => app.get(Cens).lastSealed(),
  };
}
