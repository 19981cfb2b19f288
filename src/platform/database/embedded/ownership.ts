import type pg from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive, sleep } from './process.js';

/**
 * Advisory locks on the embedded database, held on a connection of its own, so that Postgres gives them back when the process dies.
 * The first number is "CEN" and keeps them apart from other locks.
 */
const LOCK_SPACE = 0x43454e;
/** Held by the one server process that the database belongs to; and for a moment by a command line that stops it. */
const OWNER = 1;
/** Shared by the command lines that use the database. */
const GUESTS = 2;
/** Held by the guest that finds out whether it is the last. */
const LEAVING = 3;

const SERVER = 'cen server';
const GUEST = 'cen command line';

const PATIENCE_MS = 10_000;

export const serverName = (): string => `${SERVER} ${process.pid}`;
export const guestName = (): string => `${GUEST} ${process.pid}`;

/** Another server uses the data folder. */
export class DataFolderInUse extends EmbeddedPostgresError {
  override name = 'DataFolderInUse';

  constructor(folder: string, holder: string) {
    super(
      `The data folder ${folder} is in use by another server (process ${holder}). Stop it, or give this one a DATA_DIR of its own, or ` +
        'set DATABASE_URL for several servers on one database.',
    );
  }
}

/**
 * Makes this connection the owner's. A holder that has died, or that is a command line about to stop the server, is waited for.
 * @throws {DataFolderInUse} when a living server holds it
 */
export async function becomeOwner(client: pg.Client, folder: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await tryLock(client, OWNER))) {
    const holder = await ownerName(client);
    const pid = holder?.startsWith(SERVER) ? holder.slice(SERVER.length + 1) : undefined;
    const living = pid !== undefined && isAlive(Number(pid));
    if (living || Date.now() > deadline) throw new DataFolderInUse(folder, pid ?? 'unknown');
    await sleep(50);
  }
}

export async function becomeGuest(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_SPACE, GUESTS]);
}

/** True when this guest is the last who uses a server that belongs to nobody. From then on, nobody else can begin to. */
export async function isLastToLeave(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_SPACE, LEAVING]);
  await client.query('SELECT pg_advisory_unlock_shared($1, $2)', [LOCK_SPACE, GUESTS]);
  if (!(await tryLock(client, OWNER))) return false;
  if (await tryLock(client, GUESTS)) return true;
  await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_SPACE, OWNER]);
  return false;
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [
    LOCK_SPACE,
    lock,
  ]);
  return rows[0]?.locked === true;
}

async function ownerName(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND mode = 'ExclusiveLock' AND granted`,
    [LOCK_SPACE, OWNER],
  );
  return rows[0]?.name;
}
