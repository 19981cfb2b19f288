import pg from 'pg';

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const ALL: readonly Privilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** Tables on which the application's role may do less than read and write. */
const LESS: Readonly<Record<string, readonly Privilege[]>> = {
  _prisma_migrations: ['SELECT'],
  domain_clock: ['SELECT', 'UPDATE'],
  // Append-only (ADR 0013).
  audit_entry: ['SELECT', 'INSERT'],
};

/** Tables whose partitions the application makes and drops, which takes their owner. */
const OWNED_BY_APPLICATION: readonly string[] = ['batch', 'batch_piece'];

const FUNCTIONS: readonly string[] = ['cen_now()'];

const DEADLOCK = '40P01';
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Gives the application's role what it needs, and takes what it does not: the same result however often and from whatever state.
 * @param client connected as the schema's owner, inside no transaction
 * @throws with the statement to run, when the owner may not
 */
export async function grantToApplication(client: pg.Client, role: string): Promise<void> {
  try {
    await client.query('BEGIN');
    await grant(client, pg.escapeIdentifier(role));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    // Of this and somebody who locks the same tables in another order, Postgres has broken off this, which lasts a moment.
    if ((error as { code?: string }).code === DEADLOCK) return grantToApplication(client, role);
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Error(
      `The role of DATABASE_OWNER_URL cannot give the tables to the role of DATABASE_URL (${(error as Error).message}). It must own the ` +
        `database and be a member of the other: GRANT ${pg.escapeIdentifier(role)} TO ${pg.escapeIdentifier(client.user ?? '')}`,
    );
  }
}

async function grant(client: pg.Client, app: string): Promise<void> {
  // CREATE is for the partitions.
  await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${app}`);
  for (const name of await notGivenYet(client, app)) {
    await client.query(`ALTER TABLE public.${pg.escapeIdentifier(name)} OWNER TO ${app}`);
  }
  for (const name of await tables(client)) {
    const table = `public.${pg.escapeIdentifier(name)}`;
    await client.query(
      `REVOKE ALL ON ${table} FROM ${app}; GRANT ${(LESS[name] ?? ALL).join(', ')} ON ${table} TO ${app}`,
    );
  }
  for (const name of FUNCTIONS) await client.query(`GRANT EXECUTE ON FUNCTION public.${name} TO ${app}`);
}

/** Of the tables that the application is to own: to give one again would lock a running server's readers and its sealing out, and them this. In the order in which a sealing takes them. */
async function notGivenYet(client: pg.Client, app: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE oid = ANY($1::regclass[]) AND relowner <> $2::regrole ORDER BY name DESC`,
    [OWNED_BY_APPLICATION.map((name) => `public.${name}`), app],
  );
  return rows.map(({ name }) => name);
}

/** The tables of the role that runs this, which leaves out those that the application owns. */
async function tables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relowner = current_user::regrole ORDER BY relname`,
  );
  return rows.map(({ name }) => name);
}
