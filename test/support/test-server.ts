import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer } from '../../src/app.js';
import { Cens, type SealingOutcome } from '../../src/cens/index.js';
import { Minting, systemMinter } from '../../src/permissions/index.js';
import { DomainClock } from '../../src/platform/clock/index.js';
import { type Config, loadConfig } from '../../src/platform/config/index.js';
import { Database, moveClock } from '../../src/platform/database/index.js';
import { KeyRing } from '../../src/platform/keys/index.js';
import { Authorities } from '../../src/staff/index.js';
import { type HttpAnswer, type HttpRequest, request } from './http-client.js';
import { newIdempotencyKey, packReport, type PackedGroup } from './packed-report.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { makeTestKeyRing } from './test-key-ring.js';

/** Monday 2031-03-10, 12:10 UTC: ten minutes into a slot of an hour, and far from midnight. */
export const NOON = Date.UTC(2031, 2, 10, 12, 10) / 1000;

/** Small, quick and quiet; no schedule runs, so that tests seal when they want to. */
const DEFAULTS = {
  NODE_ENV: 'test',
  PORT: '0',
  LOG_LEVEL: 'silent',
  ROLES: 'public,admin',
  DATABASE_POOL: '8',
  MIN_REPORTS: '1',
  MIN_BATCH_CENS: '0',
  RESPONSE_FLOOR_MS: '0',
  // A test is one network, and often in the wrong on purpose.
  FAILED_ATTEMPTS_BURST: '10000',
  FAILED_ATTEMPTS_ALARM: '100000',
  UNBACKED_REPORTS_PER_HOUR: '100000',
};

/** For a machine that has other things to do. */
const PATIENCE_MS = 20_000;
const SETTLED_MAX_AGE = 5;

export interface TestServerOptions {
  /** Environment variables of the server on top of the tests' own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Domain time at the start in Unix seconds; {@link NOON} unless told otherwise. */
  readonly at?: number;
  /** Another server of the same database, key ring and domain time. That one is closed after this one. */
  readonly replicaOf?: TestServer;
}

export interface ReportToSend {
  readonly groups?: readonly PackedGroup[];
  /** Instead of `groups`: the body as it is. */
  readonly body?: Buffer | string;
  readonly mediaType?: string | undefined;
  /** A permission number; or the whole header in `authorization`. */
  readonly number?: string;
  readonly authorization?: string;
  /** A fresh one unless given; none if null. */
  readonly idempotencyKey?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real application, listening on a free port, on a database of its own. */
export interface TestServer {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly keyRing: KeyRing;
  readonly testDatabase: TestDatabase;
  readonly dataDir: string;
  readonly port: number;
  request(request: HttpRequest): Promise<HttpAnswer>;
  get(path: string, headers?: HttpRequest['headers']): Promise<HttpAnswer>;
  /** Over HTTP. */
  report(report: ReportToSend): Promise<HttpAnswer>;
  /** The same without a socket, for many of them. */
  injectReport(report: ReportToSend): Promise<HttpAnswer>;
  /** Mints numbers for the authority `default`. */
  mint(count: number): Promise<string[]>;
  /** Rows of a query on the application's own pool. */
  rows<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Domain time of the database, Unix seconds. */
  now(): Promise<number>;
  /** Moves domain time forward or back; when it resolves, this server has seen it. Gives the new time. */
  moveClock(seconds: number): Promise<number>;
  /** Moves domain time to `at`, or up to a second later. */
  moveClockTo(at: number): Promise<void>;
  /** Seals what the last slot that has ended left to seal, and waits until this server knows of it. */
  seal(): Promise<SealingOutcome>;
  /** Moves to `at` in steps that the clock guard accepts, sealing after each. */
  advanceTo(at: number): Promise<void>;
  /**
   * Closes the server, and drops its database unless it is another's.
   * @throws when a connection, a process or a thread was left
   */
  close(): Promise<void>;
}

/** Starts the application as `main.ts` does. Call it in `beforeAll` and `close` in `afterAll`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const before = ownedThreads();
  const { replicaOf } = options;
  const testDatabase = replicaOf?.testDatabase ?? (await createTestDatabase());
  const dataDir = replicaOf?.dataDir ?? mkdtempSync(join(tmpdir(), 'cen-server-'));
  if (replicaOf === undefined) makeTestKeyRing(join(dataDir, 'keyring.json'));
  if (replicaOf === undefined) await setClock(testDatabase, options.at ?? NOON);
  const config = loadConfig({
    ...DEFAULTS,
    DATABASE_URL: testDatabase.url,
    DATABASE_OWNER_URL: testDatabase.ownerUrl,
    DATA_DIR: dataDir,
    ...options.settings,
  });
  const { app, close } = await createServer(config);
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  const database = app.get(Database);

  const server: TestServer = {
    app,
    config,
    keyRing: app.get(KeyRing),
    testDatabase,
    dataDir,
    port,
    request: (wanted) => request(port, wanted),
    get: (path, headers) => request(port, { path, headers }),
    report: (report) => request(port, toRequest(report)),
    async injectReport(report) {
      const { method, path, headers, body } = toRequest(report);
      const answer = await app.inject({ method: method as 'POST', url: path, headers: { ...headers }, payload: body });
      return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
    },
    async mint(count) {
      const minter = systemMinter(await app.get(Authorities).ensureDefault());
      return [...(await app.get(Minting).mint(minter, { requestId: randomUUID(), count })).numbers];
    },
    async rows<Row>(sql: string, values: unknown[] = []) {
      return (await database.pool.query(sql, values)).rows as Row[];
    },
    async now() {
      const [row] = await server.rows<{ now: number }>('SELECT extract(epoch FROM cen_now())::float8 AS now');
      return row!.now;
    },
    async moveClock(seconds) {
      const now = await moveClock(database, seconds);
      await app.get(DomainClock).refresh();
      return now;
    },
    async moveClockTo(at) {
      await server.moveClock(Math.ceil(at - (await server.now())));
    },
    async seal() {
      const outcome = await app.get(Cens).seal();
      if (outcome.kind === 'sealed') await untilSeen(server);
      return outcome;
    },
    async advanceTo(at) {
      const step = 6 * 86_400;
      for (let now = await server.now(); now < at; now = await server.now()) {
        await server.moveClockTo(Math.min(at, now + step));
        await server.seal();
      }
    },
    async close() {
      await close();
      if (replicaOf !== undefined) return;
      await testDatabase.drop();
      rmSync(dataDir, { recursive: true, force: true });
      const left = ownedThreads().filter((kind) => !before.includes(kind));
      if (left.length > 0) throw new Error(`The server left behind: ${left.join(', ')}`);
    },
  };
  return server;
}

function toRequest(report: ReportToSend): HttpRequest {
  const { groups = [], number, idempotencyKey = newIdempotencyKey() } = report;
  const authorization = report.authorization ?? (number === undefined ? undefined : `Permission ${number}`);
  const mediaType = 'mediaType' in report ? report.mediaType : 'application/vnd.cen.report';
  return {
    method: 'POST',
    path: '/v1/reports',
    headers: {
      ...(mediaType !== undefined && { 'content-type': mediaType }),
      ...(authorization !== undefined && { authorization }),
      ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
      ...report.headers,
    },
    body: report.body ?? packReport(groups),
  };
}

/** Before the server starts, so that its first retention run and its first sealing see the right time. */
async function setClock(testDatabase: TestDatabase, at: number): Promise<void> {
  const database = new Database(testDatabase.url, 1);
  try {
    await moveClock(database, Math.ceil(at - Date.now() / 1000));
  } finally {
    await database.close();
  }
}

/** The notification of a sealing comes a moment after its commit: until then an index says that a sealing is due. */
async function untilSeen(server: TestServer): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { headers } = await server.get('/v1/regions/world');
    const maxAge = Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1]);
    if (maxAge > SETTLED_MAX_AGE) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The server has not seen the sealing.');
}

/** Child processes and worker threads of this process, each with a number: ['ProcessWrap 1', 'ProcessWrap 2']. */
function ownedThreads(): string[] {
  const counts = new Map<string, number>();
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kind === 'ProcessWrap' || kind === 'MessagePort')
    .map((kind) => {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return `${kind} ${counts.get(kind)}`;
    });
}
