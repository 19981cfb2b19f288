import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { type Config, environment, loadConfig } from '../platform/config/index.js';
import { openPostgres, prepareSchema } from '../platform/database/index.js';
import { Authorities } from '../staff/index.js';

/** What a command works with: the application's modules on its database, and the configuration. */
export interface CommandContext {
  readonly app: INestApplicationContext;
  readonly config: Config;
}

/** Runs `work` on the database of the environment, beside a running server or without one, and lets go of everything. */
export async function withApplication<T>(
  work: (context: CommandContext) => Promise<T>,
  config = loadConfig(environment()),
): Promise<T> {
  const postgres = await openPostgres(config, { guest: true });
  try {
    await prepareSchema(config, postgres);
    const module = AppModule.of({ ...config, roles: new Set(['worker']) }, postgres.url);
    const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'fatal'], abortOnError: false });
    try {
      await app.get(Authorities).ensureDefault();
      return await work({ app, config });
    } finally {
      await app.close();
    }
  } finally {
    await postgres.close();
  }
}
