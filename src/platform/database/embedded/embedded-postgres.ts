import type pg from 'pg';
import { APP_ROLE, type Cluster, openCluster, OWNER_ROLE } from './cluster.js';
import { becomeGuest, becomeOwner, guestName, isLastToLeave, serverName } from './ownership.js';
import { type Address, askPostmasterToStop, stopPostmaster } from './postmaster.js';
import { clusterUrl, isConnectionLoss, reachServer, type Reached } from './reach.js';

/** A PostgreSQL that can be connected to. */
export interface OpenPostgres {
  /** Connection string of the application's role. */
  readonly url: string;
  /** Connection string of the role that owns the schema. */
  readonly ownerUrl: string;
  /** Resolves, with the reason, when the database has gone for good and this process should end. Never rejects. */
  readonly lost: Promise<Error>;
  /** Lets go of it; whoever is responsible for an embedded server stops it. Safe to call twice. */
  close(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/**
 * Starts the server in `dataDir`, or takes over one whose owner was killed, and keeps it running until `close`: if it crashes, it is
 * started again at the same address.
 * @param settings of PostgreSQL, beyond or instead of the built-in ones
 * @throws {DataFolderInUse} when another server process owns it
 */
export async function ownPostgres(dataDir: string, settings: Settings = {}): Promise<OpenPostgres> {
  const cluster = await openCluster(dataDir);
  const first = await own(cluster, settings);
  let { client } = first;
  let owned = true;
  let closed: Promise<void> | undefined;
  let recovery = Promise.resolve();

  const atExit = (): void => {
    if (owned) askPostmasterToStop(cluster);
  };
  process.once('exit', atExit);

  const lost = new Promise<Error>((resolve) => {
    const recover = async (): Promise<void> => {
      try {
        ({ client } = await own(cluster, settings, first.address));
        watch();
      } catch (error) {
        owned = false;
        resolve(error as Error);
      }
    };
    const watch = (): void => {
      client.once('end', () => {
        if (closed === undefined) recovery = recover();
      });
    };
    watch();
  });

  const close = async (): Promise<void> => {
    await recovery;
    if (owned) await stopPostmaster(cluster);
    owned = false;
    await client.end().catch(() => undefined);
    process.removeListener('exit', atExit);
  };
  return { ...urls(cluster, first.address), lost, close: () => (closed ??= close()) };
}

/**
 * Attaches to the running server in `dataDir`, or starts one for as long as it is needed: a guest stops it when it closes, unless a
 * server process owns it by then or other guests remain.
 */
export async function visitPostgres(dataDir: string, settings: Settings = {}): Promise<OpenPostgres> {
  const cluster = await openCluster(dataDir);
  const { client, address } = await reachAndHold(cluster, guestName(), settings, becomeGuest);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // A server that stops meanwhile cuts this connection: then there is nothing left to stop.
    const last = await isLastToLeave(client).catch(() => false);
    if (last) await stopPostmaster(cluster);
    await client.end().catch(() => undefined);
  };
  return { ...urls(cluster, address), lost: new Promise(() => undefined), close: () => (closed ??= close()) };
}

const own = (cluster: Cluster, settings: Settings, preferred?: Address): Promise<Reached> =>
  reachAndHold(cluster, serverName(), settings, (client) => becomeOwner(client, cluster.folder), preferred);

/** Whoever stops the server may do so between reaching it and holding it: then it is reached again. */
async function reachAndHold(
  cluster: Cluster,
  name: string,
  settings: Settings,
  hold: (client: pg.Client) => Promise<void>,
  preferred?: Address,
): Promise<Reached> {
  for (;;) {
    const reached = await reachServer(cluster, name, settings, preferred);
    try {
      await hold(reached.client);
      return reached;
    } catch (error) {
      await reached.client.end().catch(() => undefined);
      if (!isConnectionLoss(error)) throw error;
    }
  }
}

const urls = (cluster: Cluster, address: Address): { url: string; ownerUrl: string } => ({
  url: clusterUrl(cluster, address, APP_ROLE),
  ownerUrl: clusterUrl(cluster, address, OWNER_ROLE),
});
