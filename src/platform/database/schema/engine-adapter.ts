import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

const { TEXT, CHAR } = pg.types.builtins;

/**
 * Connects the migration engine to Postgres, one connection per database. Prisma's adapter does most of it, but not what follows.
 *
 * - A script goes to the server whole, as one simple query. The original cuts it at each semicolon, also inside function bodies and
 *   comments. And Postgres runs a simple query in one transaction: a migration that fails leaves nothing behind.
 * - The engine's catalogue queries have columns of the type "char", which the original refuses.
 * - The shadow database is a database of its own. In the original, a connection string makes it the one that the string names.
 */
export class EngineAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  private readonly opened: SqlDriverAdapter[] = [];

  constructor(private readonly url: string) {}

  connect(): Promise<SqlDriverAdapter> {
    return this.open(connectionTo(this.url), () => Promise.resolve());
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${database}"`);
    return this.open({ ...connectionTo(this.url), database }, () => main.executeScript(`DROP DATABASE "${database}"`));
  }

  /** Ends what the engine has left open. */
  async close(): Promise<void> {
    for (const adapter of this.opened.reverse()) await adapter.dispose();
  }

  private async open(config: pg.PoolConfig, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
    const pool = new pg.Pool(config);
    const adapter: SqlDriverAdapter = await new PrismaPg(pool).connect();
    passCharColumns(pool, adapter);
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    let disposed: Promise<void> | undefined;
    adapter.dispose = () => (disposed ??= pool.end().then(afterwards));
    this.opened.push(adapter);
    return adapter;
  }
}

/** Sets a column apart on its way through Prisma's adapter, which keeps names and not types. */
const CHAR_MARK = '\0';

/** Passes a "char" through the adapter as text, and tells the engine what it was. */
function passCharColumns(pool: pg.Pool, adapter: SqlDriverAdapter): void {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const markingQuery = async (...args: unknown[]): Promise<pg.QueryResult> => {
    const result = await query(...args);
    // A script of several statements has a list of results, which nobody reads.
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === CHAR) Object.assign(field, { dataTypeID: TEXT, name: CHAR_MARK + field.name });
    }
    return result;
  };
  pool.query = markingQuery as typeof pool.query;

  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sql) => {
    const { columnNames, columnTypes, ...rest } = await queryRaw(sql);
    const isChar = columnNames.map((name) => name.startsWith(CHAR_MARK));
    return {
      ...rest,
      columnNames: columnNames.map((name) => name.replace(CHAR_MARK, '')),
      columnTypes: columnTypes.map((type, column) => (isChar[column] ? ColumnTypeEnum.Character : type)),
    };
  };
}

/** In single fields, because a `connectionString` beside `database` would win over it. */
function connectionTo(url: string): pg.PoolConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, password: password ?? undefined, database, ssl, max: 1, application_name: 'cen migrate' };
}
