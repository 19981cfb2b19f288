import { join } from 'node:path';
import pg from 'pg';
import { superuserUrl } from '../../test/faults/support/database-of.mjs';

/** What was stored goes to disk: else writing it would meet what is timed next. */
export async function checkpoint(folder) {
  const client = new pg.Client(superuserUrl(join(folder, 'data')));
  await client.connect();
  await client.query('CHECKPOINT');
  await client.end();
}
