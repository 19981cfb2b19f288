import type { Config } from '../config/index.js';
import { type OpenPostgres, ownPostgres, visitPostgres } from './embedded/index.js';

/**
 * The database of this configuration: the one that DATABASE_URL names or, without it, an embedded server in DATA_DIR.
 * @param options.guest for the command line: shares the embedded server with a running server process, or starts it for a while
 * @throws {DataFolderInUse} when another server process owns the embedded one
 */
export async function openPostgres(
  config: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>,
  options: { guest?: boolean } = {},
): Promise<OpenPostgres> {
  if (config.databaseUrl === undefined)
    return options.guest === true ? visitPostgres(config.dataDir) : ownPostgres(config.dataDir);
  return {
    url: config.databaseUrl,
    ownerUrl: config.databaseOwnerUrl ?? config.databaseUrl,
    lost: new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
}
