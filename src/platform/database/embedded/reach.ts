import pg from 'pg';
import { type Cluster, DATABASE_NAME, OWNER_ROLE } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { type Address, lastAddress, launch, type Launch, postmasterPid } from './postmaster.js';
import { sleep } from './process.js';

// Recovery after a crash replays at most max_wal_size of log, which takes seconds; slow disks get room.
const PATIENCE_MS = 120_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** A connection of the owner's to a server that runs. */
export interface Reached {
  readonly client: pg.Client;
  readonly address: Address;
}

/** The connection string of a role of this cluster. */
export function clusterUrl(
  cluster: Cluster,
  address: Address,
  role: keyof Cluster['passwords'],
  database = DATABASE_NAME,
): string {
  const login = `${role}:${cluster.passwords[role]}`;
  if ('port' in address) return `postgresql://${login}@127.0.0.1:${address.port}/${database}`;
  return `postgresql://${login}@localhost:5432/${database}?host=${encodeURIComponent(address.socketFolder)}`;
}

/**
 * Connects to the server of this cluster, and starts it if none runs. Waits while it starts, recovers, or stops for another process.
 * @param name what the connection is called in `pg_stat_activity`
 * @throws what the server has said, when it cannot start
 */
export async function reachServer(
  cluster: Cluster,
  name: string,
  settings: Readonly<Record<string, string>>,
  preferred?: Address,
): Promise<Reached> {
  const deadline = Date.now() + PATIENCE_MS;
  let started: Launch | undefined;
  for (;;) {
    const reached = await connect(cluster, name);
    if (reached !== undefined) return reached;
    if (started?.failure !== undefined) {
      if (!isPassing(started.failure) || Date.now() > deadline)
        throw new EmbeddedPostgresError(startMessage(cluster, started.failure));
      started = undefined;
    }
    if (started === undefined && postmasterPid(cluster) === undefined)
      started = await launch(cluster, settings, preferred);
    if (Date.now() > deadline) throw new EmbeddedPostgresError(startMessage(cluster, 'it does not answer'));
    await sleep(30);
  }
}

async function connect(cluster: Cluster, name: string): Promise<Reached | undefined> {
  const address = lastAddress(cluster);
  if (address === undefined) return undefined;
  const client = new pg.Client({
    connectionString: clusterUrl(cluster, address, OWNER_ROLE),
    application_name: name,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { client, address };
  } catch (error) {
    if (!meansAbsent(error, address)) throw error;
    return undefined;
  }
}

/** Nobody listens, or not yet, or no longer; or, on a port, a stranger who does not know our password. */
function meansAbsent(error: unknown, address: Address): boolean {
  const { code = '', message } = error as { code?: string; message: string };
  return (
    isConnectionLoss(error) ||
    code === 'ENOENT' ||
    ('port' in address && (code.startsWith('28') || message.startsWith('SASL')))
  );
}

/** The server starts, stops, or has gone. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string };
  return code.startsWith('57P') || /^E(CONN|PIPE)/.test(code) || /^Connection terminated|not queryable/.test(message);
}

/** Reasons that go away: another process has started the server first, or a killed one's children have not all noticed. */
function isPassing(failure: string): boolean {
  return /lock file .* (already exists|is empty)|shared memory block .* still in use|could not create any TCP\/IP sockets/.test(
    failure,
  );
}

function startMessage(cluster: Cluster, reason: string): string {
  return `The embedded PostgreSQL in ${cluster.folder} cannot be started: ${reason}`;
}
