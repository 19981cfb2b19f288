import { BatchRepository } from '../../dist/cens/batches/batch.repository.js';
import { Cens } from '../../dist/cens/index.js';

/** What the latest sealing published for the world. */
export async function lastSealed(app) {
  const start = await app.get(Cens).lastSealed();
  return app.get(BatchRepository).listWithin(0n, [{ from: start, until: start + 1 }]);
}
