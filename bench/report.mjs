import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { superuserUrl } from '../test/faults/support/database-of.mjs';
import { temporaryFolder } from '../test/faults/support/belongings.mjs';
import { Server } from '../test/faults/support/server.mjs';
import { KeepAlive } from '../test/timing/support/keep-alive.mjs';
import { interleave } from './support/interleave.mjs';
import { CENS_PER_REPORT } from './support/pending.mjs';
import { mintInOrders, reportRequest } from './support/reports.mjs';
import { atLeast, compared } from './support/result.mjs';

export const description =
  'durable reports of 9,072 CENs a second over HTTP, 16 at once, a permission number spent each time, without response floor';
export const limit = 'node-postgres alone, 16 at once, with the same statements on the same database';
export const gate = atLeast(0.5);
export const sizes = {
  full: { reports: 400, rounds: 9, warmUps: 3 },
  smoke: { reports: 32, rounds: 2, warmUps: 1 },
};

const AT_ONCE = 16;

export async function run({ reports, rounds, warmUps }, progress) {
  progress('starting a server');
  const folder = temporaryFolder('bench');
  const dataDir = join(folder, 'data');
  const server = await Server.in(folder, {
    DATA_DIR: dataDir,
    ROLES: 'public',
    SLOT_SECONDS: '3600',
    LOG_LEVEL: 'error',
  });
  await server.start();
  const pool = new pg.Pool({ connectionString: superuserUrl(dataDir), max: AT_ONCE });
  const { rows } = await pool.query('SHOW synchronous_commit');
  if (rows[0].synchronous_commit !== 'on') throw new Error('synchronous_commit is not on');

  const numbers = await mintInOrders(server, reports * (rounds + warmUps));
  const connections = await Promise.all(Array.from({ length: AT_ONCE }, () => KeepAlive.to(server.url)));
  const samples = await interleave(
    {
      http: () =>
        perSecond(numbers.splice(0, reports).map(reportRequest), (item, place) => upload(connections[place], item)),
      sql: async () => perSecond(await digests(pool, reports), (digest) => store(pool, digest)),
    },
    { rounds, warmUps, progress },
  );
  for (const connection of connections) connection.close();
  const stored = await pool.query('SELECT count(*)::int AS reports FROM pending_report');
  const sent = 2 * reports * (rounds + warmUps);
  if (stored.rows[0].reports !== sent) throw new Error(`${sent} reports were sent, ${stored.rows[0].reports} stored`);
  await pool.end();
  const row = compared({ what: 'reports', unit: 'reports/s', measured: samples.http, limit: samples.sql, gate });
  return { did: `took in ${rounds} × ${reports} reports, each committed before its answer`, rows: [row] };
}

/** Works through the items, so many at once; how many it did in a second. */
async function perSecond(items, work) {
  const queue = [...items];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, place) => {
      for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item, place);
    }),
  );
  return items.length / ((performance.now() - begun) / 1000);
}

async function upload(connection, bytes) {
  const { status } = await connection.exchange(bytes);
  if (status !== 202) throw new Error(`a report was answered ${status}`);
}

/** Digests of as many numbers, stored like those that are minted. */
async function digests(pool, count) {
  const made = Array.from({ length: count }, () => createHash('sha256').update(randomBytes(16)).digest());
  await pool.query(
    `INSERT INTO permission_number (digest, hmac_key_id, authority_id, expires_at)
     SELECT digest, 'bench', gen_random_uuid(), cen_now() + interval '1 day' FROM unnest($1::bytea[]) AS digest`,
    [made],
  );
  return made;
}

const SEALED = randomBytes(CENS_PER_REPORT * 16 + 57);

/** What taking in a report asks of the database, and nothing else. */
async function store(pool, digest) {
  const client = await pool.connect();
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  const { rowCount } = await client.query(
    `DELETE FROM permission_number WHERE digest = ANY($1::bytea[]) AND expires_at > (SELECT cen_now())
     RETURNING authority_id AS authority`,
    [[digest]],
  );
  if (rowCount !== 1) throw new Error('the number was not there');
  await client.query('INSERT INTO retry_proof (proof) VALUES ($1) ON CONFLICT (proof) DO NOTHING', [randomBytes(40)]);
  await client.query({
    name: 'insert-pending-report',
    text: 'INSERT INTO pending_report (id, key_id, sealed) VALUES ($1, $2, $3)',
    values: [randomUUID(), 'bench', SEALED],
  });
  await client.query('COMMIT');
  client.release();
}
