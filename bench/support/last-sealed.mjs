import { BatchRepository } from '../../dist/cens/batches/batch.repository.js';
import { Cens } from '../../dist/cens/index.js';

/** What the latest sealing published for the world. */
export async function lastSealed(app) {
  return app.get(BatchRepository).listSince(0n, await app.get(Cens).lastSealed());
}
