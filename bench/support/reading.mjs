// What the benchmarks of reading share: a server of its own process with something to read, and node:http with the same answer.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { get } from '../../test/faults/support/http.mjs';
import { Server } from '../../test/faults/support/server.mjs';
import { startBareServer } from './bare-server.mjs';
import { interleave } from './interleave.mjs';
import { Load } from './load.mjs';
import { processorSeconds } from './processor-time.mjs';
import { compared } from './result.mjs';

const CONNECTIONS = 16;

/** Starts the server as an operator does, on what is in `folder`, to serve and nothing else. */
export async function startReader(folder) {
  const settings = { DATA_DIR: join(folder, 'data'), ROLES: 'public', SLOT_SECONDS: '3600', LOG_LEVEL: 'error' };
  const server = await Server.in(folder, settings);
  await server.start();
  return server;
}

/**
 * Answers a second of the server and of bare node:http, in short turns, over connections that stay open. Both are started anew so many
 * times: where a process has its memory differs, and with it how fast it answers. V8 optimizes what an answer runs through step by step,
 * over tens of thousands of them: both are warmed up with revalidations, the shortest of answers, and half as many turns as are counted.
 * @param size.processes of each
 * @param size.warmUpMs of revalidations for each process
 * @param size.rounds turns of so many `milliseconds` in each process
 * @param size.revalidate ask with the answer's ETag, which gives 304
 * @returns rows of the comparison, and how it was made
 */
export async function compareReading(server, path, size, progress) {
  const { processes, warmUpMs, rounds, milliseconds, revalidate = false, gate } = size;
  const { headers, body } = await get(`${server.url}${path}`);
  if (headers.etag !== `"${createHash('sha256').update(body).digest('hex')}"`) throw new Error(`${path} is not whole`);
  const kept = ['content-type', 'etag', 'cache-control'];
  const answer = { body, headers: Object.fromEntries(kept.map((name) => [name, headers[name]])) };
  const revalidation = { path, connections: CONNECTIONS, headers: { 'If-None-Match': headers.etag }, status: 304 };
  const load = revalidate ? revalidation : { path, connections: CONNECTIONS, status: 200 };
  const pairs = [];
  for (let i = 0; i < processes; i++) {
    if (i > 0) await restart(server);
    await get(`${server.url}${path}`);
    const bare = await startBareServer(answer);
    const observing = (step) => progress(`process ${i + 1} of ${processes}: ${step}`);
    for (const { url } of [server, bare]) await warmUp(url, revalidation, warmUpMs);
    pairs.push(await comparePair({ server, bare }, load, size, observing));
    bare.stop();
  }
  const of = (name, what) => pairs.flatMap((pair) => pair[name][what]);
  const what = `status ${load.status}`;
  const compare = (unit, sample) => ({ unit, measured: of('server', sample), limit: of('bare', sample) });
  return {
    did: `asked on ${CONNECTIONS} connections, ${processes} processes of each, ${rounds} times ${milliseconds} ms each`,
    bytes: body.length,
    rows: [
      compared({ what, gate, ...compare('requests/s', 'perSecond') }),
      // Not disturbed by what else the machine does, nor by the client that shares it.
      ...(pairs.every(({ bare }) => bare.processorMs > 0)
        ? [compared({ what: `processor time of ${what}`, ...compare('ms', 'processorMs') })]
        : []),
    ],
  };
}

async function warmUp(url, revalidation, milliseconds) {
  const load = await Load.on(url, revalidation);
  await load.put(milliseconds);
  load.close();
}

async function restart(server) {
  await server.kill('SIGTERM');
  await server.start();
}

/** @returns of each: answers a second, `perSecond` in each round, and milliseconds of processor time for one, `processorMs` */
async function comparePair(servers, load, { rounds, milliseconds }, progress) {
  const names = Object.keys(servers);
  const loads = {};
  for (const name of names) loads[name] = await Load.on(servers[name].url, load);
  const measures = Object.fromEntries(
    names.map((name) => [name, () => observe(servers[name], loads[name], milliseconds)]),
  );
  const samples = await interleave(measures, { rounds, warmUps: Math.ceil(rounds / 2), progress });
  const entries = names.map((name) => {
    const of = (what) => samples[name].map((sample) => sample[what]);
    return [name, { perSecond: of('perSecond'), processorMs: (sum(of('seconds')) * 1000) / sum(of('answers')) }];
  });
  for (const name of names) loads[name].close();
  return Object.fromEntries(entries);
}

/** A turn, and the seconds of processor time that it took: between its turns a server does other things. */
async function observe({ pid }, load, milliseconds) {
  const before = processorSeconds(pid);
  const answered = await load.put(milliseconds);
  return { ...answered, seconds: processorSeconds(pid) - before };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
