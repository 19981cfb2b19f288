import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problemDocument, type ProblemTable } from '../http/index.js';

export type { OpenAPIObject };

/** Stands for the origin of the server in descriptions; a running server replaces it, so that examples work when pasted. */
const ORIGIN = '$CEN_URL';

const DESCRIPTION = `
Backend of a privacy-preserving exposure-notification system. Phones exchange random Contact Event Numbers (CENs) over
Bluetooth; a diagnosed person uploads theirs with an anonymous permission number; every other phone downloads what is
newly published and matches on the phone. The server compares nothing.

Reading needs no credentials and is made for caches. Start at \`GET /v1\`, then read the index of \`world\`. Times are Unix
seconds, URLs absolute paths. The origin of this server in the examples is \`${ORIGIN}\`. Errors are RFC 9457 problems:
[all of them](/problems).
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
export function createOpenApiDocument(app: INestApplication, problems: ProblemTable): OpenAPIObject {
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
  const document = SwaggerModule.createDocument(app, options, {
    autoTagControllers: false,
    operationIdFactory: (_, method) => method,
  });
  return {
    ...document,
    paths: inOrderOfTags(document),
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, Problem: { ...PROBLEM_SCHEMA } } as never,
      examples: Object.fromEntries(
        Object.entries(problems).map(([code, definition]) => [
          code,
          { summary: definition.title, value: problemDocument(code, definition) },
        ]),
      ),
    },
  };
}

/** Paths in the order of their tags, and otherwise in that of the modules. */
function inOrderOfTags({ tags = [], paths }: OpenAPIObject): OpenAPIObject['paths'] {
  const order = tags.map(({ name }) => name);
  const rank = (path: OpenAPIObject['paths'][string]) =>
    Math.min(...Object.values(path).flatMap(({ tags = [] }) => tags.map((tag: string) => order.indexOf(tag))));
  return Object.fromEntries(Object.entries(paths).sort(([, left], [, right]) => rank(left) - rank(right)));
}

/** The document for people who read it on the server at this origin, such as `https://cen.example.org`. */
export function atOrigin(document: OpenAPIObject, origin: string): OpenAPIObject {
  return JSON.parse(JSON.stringify(document).replaceAll(ORIGIN, origin.replace(/\/$/, ''))) as OpenAPIObject;
}
