import type { CenServer } from './app.js';
import { explain } from './explain.js';
import type { Config } from './platform/config/index.js';
import { Staff } from './staff/index.js';

/** Login of the operator that a first start in development makes. */
const FIRST_OPERATOR = 'operator';

/** Starts the server, says what to open, and ends it cleanly on SIGINT and SIGTERM. */
export async function startAndReport(
  readConfig: () => Config,
  createServer: (config: Config) => Promise<CenServer>,
): Promise<void> {
  try {
    const config = readConfig();
    const starting = createServer(config);
    endOnSignals(starting);
    const server = await starting;
    endWithDatabase(server);
    await server.app.listen(config.port, config.host);
    if (!config.production) announce(config, await server.app.getUrl(), await firstLink(server, config));
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

/** Until somebody has used one: a link to sign in as the first operator. */
async function firstLink({ app }: CenServer, { roles }: Config): Promise<string | undefined> {
  if (!roles.has('admin')) return undefined;
  return (await app.get(Staff).ensureFirstOperator(FIRST_OPERATOR))?.link.url;
}

function announce(config: Config, url: string, link: string | undefined): void {
  const database =
    config.databaseUrl === undefined ? `embedded PostgreSQL in ${config.dataDir}/` : 'the PostgreSQL of DATABASE_URL';
  console.log(`
CEN server on ${database}

  API and examples   ${url}/docs
  Index of the world ${url}/v1/regions/world
  Mint a number      npm run cen -- mint
  See it work        npm run demo${link === undefined ? '' : `\n  First operator     ${link}\n                     (one-time link: docs/operations/staff.md)`}

Stop with Ctrl+C.
`);
}

/** Also while the server is still starting: it ends as soon as it can be ended without leaving a database behind. */
function endOnSignals(starting: Promise<CenServer>): void {
  const end = () => {
    starting
      .then((server) => server.close())
      .then(
        () => process.exit(0),
        (error) => {
          explain(error);
          process.exit(1);
        },
      );
  };
  process.once('SIGINT', end).once('SIGTERM', end);
}

/** A crashed database is started again and waited for; one that cannot be is for a person, or a supervisor, to see. */
function endWithDatabase(server: CenServer): void {
  void server.lost.then((reason) => {
    explain(reason);
    process.exit(1);
  });
}
