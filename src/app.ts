import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { Cens } from './cens/index.js';
import { serveConsole } from './console-pages.js';
import { Operations } from './operations/index.js';
import type { Config } from './platform/config/index.js';
import { claimForProduction, durabilityFaults, openPostgres, prepareSchema } from './platform/database/index.js';
import {
  accessLog,
  type AnsweredRequest,
  installAdmission,
  installAnswerObservers,
  installBodyParsers,
  installEarlyAnswers,
  installEqualAnswers,
  installPagePolicy,
  installPublicCors,
  installUploadBudget,
  installUploadPace,
  invalidInput,
  ProblemFilter,
} from './platform/http/index.js';
import { KeyRotation } from './platform/keys/index.js';
import { createLogger } from './platform/logging/index.js';
import { Metrics } from './platform/metrics/index.js';
import { serveOpenApi } from './platform/openapi/index.js';
import { Attempts } from './permissions/index.js';
import { PROBLEMS } from './problems.js';
import { serveProblemPages } from './problem-pages.js';
import { Authorities } from './staff/index.js';

const KIB = 1024;
/**
 * Bodies on their way into memory: room for some hundred phones that upload at the same moment, and for an eighth of them in one
 * network, such as that of a mobile provider. Staff send some kilobytes.
 */
const UPLOAD_BUDGET = {
  maxBytes: 256 * KIB * KIB,
  maxBytesOfNetwork: 32 * KIB * KIB,
  apart: { prefix: '/admin', maxBytes: 16 * KIB * KIB, maxBytesOfNetwork: 2 * KIB * KIB },
};
/**
 * 1 kB/s, less than half of what GPRS had. A report of 160 KiB that is slower misses the time for a whole request anyhow; a phone
 * that loses its network for less than a window goes on, for longer it sends its report again.
 */
const UPLOAD_PACE = { windowMs: 20_000, leastBytes: 20_000 };
const KEY_ROTATION_MS = 600_000;
/** For a whole request to arrive: 512 KiB over the slowest mobile networks. Fastify's default is for ever. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Without a byte in either direction a connection is cut: nobody keeps a body, or a file half sent, in memory. */
const SILENCE_TIMEOUT_MS = 60_000;
const BINARY_MEDIA_TYPES = ['application/vnd.cen.report', 'application/private-token-request'];

/** What apps in browsers of any origin may ask. */
const PUBLIC_PATHS = ['/v1', '/.well-known/private-token-issuer-directory'];

/** Pages for people beside the console, which has a policy of its own. */
const PAGE_PATHS = ['/docs', '/problems'];

/** A running application and its database. */
export interface CenServer {
  readonly app: NestFastifyApplication;
  /** Resolves, with the reason, when the embedded database cannot be brought back: the process should end. Never rejects. */
  readonly lost: Promise<Error>;
  /** Stops taking requests, ends jobs and connections, and stops an embedded database. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * The one bootstrap of the server, its tests, its scripts and the demo: opens and prepares the database, starts the
 * jobs of the configured roles and is then ready to listen.
 */
export async function createServer(config: Config): Promise<CenServer> {
  const postgres = await openPostgres(config);
  try {
    await prepareSchema(config, postgres);
    await requireSafe(config, postgres.url);
    const app = await createApp(config, postgres.url);
    const close = once(async () => {
      await app.close();
      await postgres.close();
    });
    await startWork(app, config);
    return { app, lost: postgres.lost, close };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

/** @throws {UnsafeDatabase} in production; elsewhere what would be refused there is a warning */
async function requireSafe(config: Config, databaseUrl: string): Promise<void> {
  if (config.production) return claimForProduction(databaseUrl);
  for (const fault of await durabilityFaults(databaseUrl)) createLogger(config).warn(`${fault}.`, 'Database');
}

/** The HTTP application on a prepared database; nothing runs in it yet but what answers requests. */
export async function createApp(config: Config, databaseUrl: string): Promise<NestFastifyApplication> {
  const problems = new ProblemFilter(PROBLEMS);
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimit(config.maxReportCens),
    trustProxy: (_address, hop) => hop < config.trustedProxyHops,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // URLs that Fastify's router refuses before any handler of Nest's sees them.
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => problems.answer(error, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config, databaseUrl), adapter, {
    bodyParser: false,
    logger: createLogger(config),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  const metrics = app.get(Metrics);
  const attempts = app.get(Attempts);
  const overruns = metrics.counter('cen_response_floor_overruns_total', 'Equal answers later than RESPONSE_FLOOR_MS');
  installPublicCors(fastify, PUBLIC_PATHS);
  installPagePolicy(fastify, PAGE_PATHS);
  installAdmission(fastify, {
    admit: (address) => attempts.admit(address),
    bodyLimit: bodyLimit(config.maxReportCens),
  });
  installUploadBudget(fastify, UPLOAD_BUDGET);
  installBodyParsers(fastify, { binaryTypes: BINARY_MEDIA_TYPES });
  installEqualAnswers(fastify, { floorMs: config.responseFloorMs, onOverrun: () => overruns.inc() });
  installUploadPace(fastify, UPLOAD_PACE);
  const observers = [
    (answered: AnsweredRequest) => metrics.observe(answered),
    ...(config.logLevel === 'debug' ? [accessLog()] : []),
  ];
  installAnswerObservers(fastify, observers);
  if (config.roles.has('public')) {
    const cens = app.get(Cens);
    installEarlyAnswers(adapter.getHttpServer(), (request) => cens.answerFromMemory(request), observers);
  }
  await app.register(fastifyCookie);
  app.useGlobalFilters(problems);
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidInput }));
  serveProblemPages(fastify);
  if (config.roles.has('admin')) serveConsole(fastify, config);
  serveOpenApi(app, PROBLEMS, config.publicUrl);
  await app.init();
  return app;
}

async function startWork(app: NestFastifyApplication, config: Config): Promise<void> {
  const cens = app.get(Cens);
  await app.get(Authorities).ensureDefault();
  await cens.startReading();
  if (config.roles.has('public')) await app.get(Attempts).start();
  await app.get(Operations).start();
  if (!config.roles.has('worker')) return;
  await cens.startJobs();
  app.get(KeyRotation).startAutomaticRotation(KEY_ROTATION_MS);
}

/** Room for the largest report as JSON in base64, and for the largest class that phones pad to. */
function bodyLimit(maxReportCens: number): number {
  return Math.max(512 * KIB, Math.ceil((maxReportCens * 16 * 4) / 3)) + 64 * KIB;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
