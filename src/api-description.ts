import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { loadConfig } from './platform/config/index.js';
import { createOpenApiDocument, type OpenAPIObject } from './platform/openapi/index.js';
import { PROBLEMS } from './problems.js';

const NO_DATABASE = 'postgres://nowhere/none';

/**
 * The OpenAPI document of the whole application, all roles, with default settings. Nest's preview mode reads the routes
 * without making anything that they need: no database, no key ring, no port.
 */
export async function describeApi(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(AppModule.of(loadConfig({}), NO_DATABASE), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return createOpenApiDocument(app, PROBLEMS);
}
