import pg from 'pg';

/** The database is not one that a production server may run on. */
export class UnsafeDatabase extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`This database is not safe to run on:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'UnsafeDatabase';
  }
}

const PROMISED = ['synchronous_commit', 'fsync', 'full_page_writes'] as const;

/** Settings of the database without which a crash of it loses reports that were answered with 202; as sentences. */
export async function durabilityFaults(url: string): Promise<string[]> {
  const off = await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT name FROM unnest($1::text[]) AS name WHERE current_setting(name) = 'off'",
      [PROMISED],
    );
    return rows.map(({ name }) => name);
  });
  return off.map((name) => `${name} is off: a crash of the database would lose reports that were answered with 202`);
}

/**
 * Makes sure that a production server may run on this database. From then on nobody can move its domain time.
 * @throws {UnsafeDatabase}
 */
export async function claimForProduction(url: string): Promise<void> {
  const faults = await durabilityFaults(url);
  const offset = await withClient(url, async (client) => {
    const { rows } = await client.query<{ offset: number }>(
      `UPDATE domain_clock SET production = (offset_seconds = 0) RETURNING offset_seconds::float8 AS offset`,
    );
    return rows[0].offset;
  });
  if (offset !== 0)
    faults.push(
      `domain time is ${offset} s away from the database's clock, because somebody has moved it for a test. Take another database or, ` +
        'if nothing has been published from it yet: UPDATE domain_clock SET offset_seconds = 0',
    );
  if (faults.length > 0) throw new UnsafeDatabase(faults);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'cen start' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
