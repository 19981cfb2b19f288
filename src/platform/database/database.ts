import { Injectable } from '@nestjs/common';
import pg from 'pg';

const DEFAULT_POOL_SIZE = 10;

/** For a connection to be made, or to become free: then the caller is told to try again, instead of waiting in a growing queue. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * For pooled connections: what answers a request takes milliseconds, so whatever takes this long holds up others. Set by a
 * statement, since poolers between server and database refuse them at the start of a connection. Sealing, retention and the
 * rotation of keys have connections of their own, with bounds of their own.
 */
const POOLED_LIMITS = `SET statement_timeout = '60s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'`;

/** One pooled connection inside a transaction, passed on to everything that takes part in it. */
export type Transaction = pg.ClientBase;

/** A connection outside the pool, which whoever opened it ends. */
export type Connection = pg.Client;

/**
 * The application's connections to Postgres.
 *
 * A lost connection never throws out of nowhere: it fails the query that runs on it, or the next one.
 */
@Injectable()
export class Database {
  readonly pool: pg.Pool;
  private closing: Promise<void> | undefined;

  constructor(
    readonly url: string,
    poolSize = DEFAULT_POOL_SIZE,
  ) {
    const onConnect = async (client: pg.ClientBase) => void (await client.query(POOLED_LIMITS));
    this.pool = new pg.Pool({
      ...settingsOf(url),
      max: poolSize,
      onConnect: onConnect as (client: pg.ClientBase) => void,
    });
    // An 'error' event without a listener would end the process. The pool drops a broken connection by itself.
    this.pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  }

  /**
   * Runs `work` between BEGIN and COMMIT on one pooled connection; READ COMMITTED, whatever the database's default.
   * When it returns, the commit is durable. When it throws, everything is rolled back.
   */
  async transaction<T>(work: (client: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      const result = await work(client);
      await commit(client);
      client.release();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
  }

  /** A connection of its own, outside the pool: for session locks, LISTEN, and what must not wait for the pool. The caller ends it. */
  async connect(): Promise<Connection> {
    const client = new pg.Client(settingsOf(this.url));
    client.on('error', ignore);
    await client.connect();
    return client;
  }

  /** Ends the pool after the queries that run on it; safe to call twice. */
  async close(): Promise<void> {
    this.closing ??= this.pool.end();
    await this.closing;
  }
}

/** Kept alive, so that a database host that vanishes without a word is noticed also by whoever waits for an answer. */
function settingsOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'cen',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
}

/** Postgres answers the COMMIT of a failed transaction with ROLLBACK and no error: an error that `work` has swallowed. */
async function commit(client: Transaction): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
}

function ignore(): void {}
