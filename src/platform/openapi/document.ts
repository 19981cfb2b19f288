import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';

const DESCRIPTION = `
Backend of a privacy-preserving exposure-notification system. Phones exchange random Contact Event Numbers (CENs) over
Bluetooth; a diagnosed person uploads theirs with an anonymous permission number; every other phone downloads what is
newly published and matches on the phone. The server compares nothing.

Reading needs no credentials and is made for caches. Start at \`GET /v1\`, then read the index of \`world\`. In the examples
\`CEN_URL\` is the origin of this server, such as \`http://localhost:3000\`. Times are Unix seconds, URLs absolute paths.
`;

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', example: '/problems/invalid-report' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
} as const;

/** The OpenAPI 3 description of everything that the application serves; the same for the same code. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('CEN server')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addSecurity('permission', {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: '`Permission 482199370156`, or `Chaff 000000000000` for cover traffic',
    })
    .addSecurity('session', {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-cen',
      description: 'Set by `POST /admin/v1/session`; `cen` on plain http in development',
    })
    .addSecurity('apiKey', { type: 'http', scheme: 'bearer', description: 'API key of a laboratory system: `cen_…`' })
    .addTag('Reading', 'Public, without credentials, made for caches')
    .addTag('Writing', 'Uploads of diagnosed persons')
    .addTag('Staff', 'Of health authorities and operators; same origin only')
    .addTag('Health', 'For orchestrators and load balancers')
    .build();
  const document = SwaggerModule.createDocument(app, options, { operationIdFactory: (_, method) => method });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: { ...PROBLEM_SCHEMA } } as never,
  };
  return document;
}

/** Serves Swagger UI at `/docs` and the document at `/openapi.json`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'CEN server',
  });
}
