import type { CenServer } from './app.js';
import { type Config, ConfigError } from './platform/config/index.js';
import { DataFolderInUse, SchemaMismatch } from './platform/database/index.js';
import { KeyRingError } from './platform/keys/index.js';

/** Mistakes of whoever starts the server: told in a sentence, without a stack. */
const EXPLAINED = [ConfigError, DataFolderInUse, SchemaMismatch, KeyRingError];

/** Starts the server, says what to open, and ends it cleanly on SIGINT and SIGTERM. */
export async function startAndReport(
  readConfig: () => Config,
  createServer: (config: Config) => Promise<CenServer>,
): Promise<void> {
  try {
    const config = readConfig();
    const server = await createServer(config);
    endOnSignals(server);
    await server.app.listen(config.port, config.host);
    announce(config, await server.app.getUrl());
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

function announce(config: Config, url: string): void {
  if (config.production) return;
  const database = config.databaseUrl === undefined ? `embedded PostgreSQL in ${config.dataDir}/` : 'the PostgreSQL of DATABASE_URL';
  console.log(`
CEN server on ${database}

  API and examples   ${url}/docs
  Index of the world ${url}/v1/regions/world
  Mint a number      npm run cen -- mint
  See it work        npm run demo

Stop with Ctrl+C.
`);
}

function endOnSignals(server: CenServer): void {
  const end = () => {
    server.close().then(
      () => process.exit(0),
      (error) => {
        explain(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', end).once('SIGTERM', end);
}

function explain(error: unknown): void {
  if (EXPLAINED.some((kind) => error instanceof kind)) console.error(`\n${(error as Error).message}\n`);
  else if (isPortInUse(error)) console.error('\nThe port is in use. Stop what listens on it, or set PORT to another (0 takes a free one).\n');
  else console.error(error);
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
