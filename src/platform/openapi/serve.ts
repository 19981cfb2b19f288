import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { ProblemTable } from '../http/index.js';
import { atOrigin, createOpenApiDocument } from './document.js';

/** What "Try it out" sends until somebody enters a permission number: it is answered like a report, and dropped. */
const CHAFF = {
  permission: {
    name: 'permission',
    schema: { type: 'apiKey', in: 'header', name: 'Authorization' },
    value: 'Chaff 000000000000',
  },
};

const NO_BANNER = '.swagger-ui .topbar { display: none } .swagger-ui .info { margin: 30px 0 0 }';

/**
 * Serves Swagger UI at `/docs` and the document at `/openapi.json` and `/openapi.yaml`.
 * @param origin where this server is reached, for the examples
 */
export function serveOpenApi(app: INestApplication, problems: ProblemTable, origin: string): void {
  SwaggerModule.setup('docs', app, () => atOrigin(createOpenApiDocument(app, problems), origin), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'CEN server',
    customCss: NO_BANNER,
    swaggerOptions: { authAction: CHAFF, displayRequestDuration: true, defaultModelsExpandDepth: -1 },
  });
}
