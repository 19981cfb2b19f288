import fastify from 'fastify';
import type { PublishedFile } from './published-file.js';
import { sendFile } from './send-file.js';

/** A file of several segments that counts how often any of them is loaded. */
function fileOf(segments: readonly Buffer[]): { file: PublishedFile; loads: () => number } {
  let loads = 0;
  const file = {
    bytes: Buffer.concat(segments).length,
    sha256: 'ab'.repeat(32),
    expiresAt: 2000,
    segments: segments.map((segment) => ({
      bytes: segment.length,
      load: async () => {
        loads++;
        return segment;
      },
      inMemory: () => segment,
    })),
  };
  return { file, loads: () => loads };
}

describe('HEAD of a published file', () => {
  it.each([1, 3])('tells its length and reads none of its %i segments, which are a day of a country', async (count) => {
    const { file, loads } = fileOf(Array.from({ length: count }, () => Buffer.alloc(100)));
    const app = fastify();
    app.get('/file', (request, reply) => sendFile(request, reply, file, 1000));
    const head = await app.inject({ method: 'HEAD', url: '/file' });
    expect([head.statusCode, head.headers['content-length'], head.rawPayload.length]).toEqual([
      200,
      String(100 * count),
      0,
    ]);
    expect(loads()).toBe(0);

    expect((await app.inject({ url: '/file' })).rawPayload).toHaveLength(100 * count);
    await app.close();
  });
});
