import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPostgres } from '../dist/platform/database/embedded/index.js';

/** Runs `work` with the connection string of an empty database, which is destroyed afterwards. */
export async function withThrowawayPostgres(work) {
  const folder = mkdtempSync(join(tmpdir(), 'cen-throwaway-'));
  chmodSync(folder, 0o711);
  try {
    const postgres = await ownPostgres(folder, { fsync: 'off' });
    try {
      return await work(postgres.ownerUrl);
    } finally {
      await postgres.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
