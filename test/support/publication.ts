import { json } from './http-client.js';
import { type IndexJson, indexOf, type KeysJson, readBatchFile, type BatchFile } from './published.js';
import type { TestServer } from './test-server.js';

/** A batch with the region that lists it. */
export interface PublishedBatch extends BatchFile {
  readonly id: string;
}

/** Everything that is published, found as a phone finds it: from the world's index down. Every signature is checked. */
export async function readPublication(server: TestServer): Promise<PublishedBatch[]> {
  const keys = json<KeysJson>(await server.get('/v1/keys')).keys.map(({ x }) => x);
  const found: PublishedBatch[] = [];
  const regions = ['world'];
  for (let region = regions.pop(); region !== undefined; region = regions.pop()) {
    const index: IndexJson = indexOf(await server.get(`/v1/regions/${region}`));
    regions.push(...index.children);
    for (const { encodings } of index.batches) {
      const { body } = await server.get(encodings['full']!.url);
      found.push({ id: region, ...readBatchFile(body, keys) });
    }
  }
  return found;
}

/** Moves the clock by one slot and seals. */
export async function sealNextSlot(server: TestServer) {
  await server.moveClock(server.config.slotSeconds);
  return server.seal();
}
