import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * Connects the migration engine to Postgres, one connection per database.
 *
 * Two things differ from the adapter that this extends. A script goes to the server whole, as one simple query: the original cuts it at
 * each semicolon, also inside function bodies and comments; and Postgres runs a simple query in one transaction, so that a migration
 * that fails leaves nothing behind. The shadow database is a database of its own also where the connection string names another.
 */
export class EngineAdapter extends PrismaPg {
  private readonly opened: SqlDriverAdapter[] = [];

  constructor(private readonly url: string) {
    super(connectionTo(url));
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    return this.keep(await super.connect());
  }

  override async connectToShadowDb(): ReturnType<PrismaPg['connect']> {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const main = await this.connect();
    await main.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = this.keep(await new PrismaPg({ ...connectionTo(this.url), database: name }).connect());
    const end = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await end();
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}"`);
    };
    return shadow;
  }

  /** Ends what the engine has left open. */
  async close(): Promise<void> {
    for (const adapter of this.opened.reverse()) await adapter.dispose();
  }

  private keep<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    const dispose = adapter.dispose.bind(adapter);
    let disposed: Promise<void> | undefined;
    adapter.dispose = () => (disposed ??= dispose());
    this.opened.push(adapter);
    return adapter;
  }
}

/** In single fields, because a `connectionString` beside `database` would win over it. */
function connectionTo(url: string): pg.PoolConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, password: password ?? undefined, database, ssl, max: 1, application_name: 'cen migrate' };
}
