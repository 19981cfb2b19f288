// What the benchmarks of reading share: a server of its own process with something to read, and node:http with the same answer.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { get } from '../../test/faults/support/http.mjs';
import { Server } from '../../test/faults/support/server.mjs';
import { startBareServer } from './bare-server.mjs';
import { interleave } from './interleave.mjs';
import { putLoad } from './load.mjs';
import { processorSeconds } from './processor-time.mjs';
import { compared } from './result.mjs';

const CONNECTIONS = 16;
/** V8 optimizes what an answer runs through step by step, over tens of thousands of them. */
const WARM_UPS = 5;

/** Starts the server as an operator does, on what is in `folder`, to serve and nothing else. */
export async function startReader(folder) {
  const settings = { DATA_DIR: join(folder, 'data'), ROLES: 'public', SLOT_SECONDS: '3600', LOG_LEVEL: 'error' };
  const server = await Server.in(folder, settings);
  await server.start();
  return server;
}

/**
 * Answers a second of the server and of bare node:http, in turns.
 * @param revalidate ask with the answer's ETag, which gives 304
 * @returns rows of the comparison, and how it was made
 */
export async function compareReading(server, path, { rounds, milliseconds, revalidate = false, gate }, progress) {
  const { headers, body } = await get(`${server.url}${path}`);
  if (headers.etag !== `"${createHash('sha256').update(body).digest('hex')}"`) throw new Error(`${path} is not whole`);
  const kept = ['content-type', 'etag', 'cache-control'];
  const bare = await startBareServer({ body, headers: Object.fromEntries(kept.map((name) => [name, headers[name]])) });
  const request = revalidate ? { headers: { 'If-None-Match': headers.etag }, status: 304 } : { status: 200 };
  const load = { path, connections: CONNECTIONS, milliseconds, ...request };
  const samples = await interleave(
    { server: () => observe(server, load), bare: () => observe(bare, load) },
    { rounds, warmUps: Math.min(WARM_UPS, rounds), progress },
  );
  bare.stop();
  const rates = ({ perSecond }) => perSecond;
  const costs = ({ processorMs }) => processorMs;
  const what = `status ${request.status}`;
  return {
    did: `asked on ${CONNECTIONS} connections, ${rounds} times ${milliseconds} ms`,
    bytes: body.length,
    rows: [
      compared({
        what,
        unit: 'requests/s',
        measured: samples.server.map(rates),
        limit: samples.bare.map(rates),
        gate,
      }),
      // Not disturbed by what else the machine does, nor by the client that shares it.
      ...(samples.server[0].processorMs > 0 && samples.bare[0].processorMs > 0
        ? [
            compared({
              what: `processor time of ${what}`,
              unit: 'ms',
              measured: samples.server.map(costs),
              limit: samples.bare.map(costs),
            }),
          ]
        : []),
    ],
  };
}

async function observe({ url, pid }, load) {
  const before = processorSeconds(pid);
  const { answers, perSecond } = await putLoad(url, load);
  return { perSecond, processorMs: ((processorSeconds(pid) - before) * 1000) / answers };
}
