import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/openapi/index.js';
import { indexDocument } from './index-document.js';
import { keyList } from './key-list.js';
import { regionFeature } from './region-feature.js';
import { BATCH_MEDIA_TYPE } from './send-file.js';
import { serviceDocument } from './service-document.js';

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

const ETAG = { ETag: text('Strong: the SHA-256 of the body in hex, in quotes') };
const SIGNED = {
  ...ETAG,
  'CEN-Signature': text('`<key id>:<validUntil>:<signature>`: base64url Ed25519 over `<validUntil>`, newline, body'),
  'Cache-Control': text('Ends when something newer can exist'),
};
const IMMUTABLE = { ...ETAG, 'Cache-Control': text('`public, immutable`; `max-age` ends with the retention') };

const REGION = {
  name: 'region',
  description: '`world` or an H3 cell of resolution 0 to 3 as 15 lower-case hex digits',
  schema: { type: 'string', pattern: '^(world|[0-9a-f]{15})$', example: 'world' },
} as const;
const region = ApiParam(REGION);

const conditional = applyDecorators(
  ApiHeader({
    name: 'If-None-Match',
    required: false,
    schema: { type: 'string' },
    description: 'ETag that the client has: 304 if it is current',
  }),
  ApiResponse({ status: 304, description: 'Not modified' }),
);

const binary = (description: string) =>
  applyDecorators(
    conditional,
    ApiHeader({
      name: 'Range',
      required: false,
      schema: { type: 'string', example: 'bytes=0-63' },
      description: 'One byte range',
    }),
    ApiResponse({
      status: 200,
      description,
      headers: IMMUTABLE,
      content: { [BATCH_MEDIA_TYPE]: { schema: { type: 'string', format: 'binary' } } },
    }),
    ApiResponse({ status: 206, description: 'The range that was asked for', headers: IMMUTABLE }),
    ApiProblem(400, 'malformed-batch-name'),
    ApiProblem(404, 'batch-not-found'),
    ApiProblem(410, 'batch-expired'),
    ApiProblem(416, 'range-not-satisfiable'),
  );

export const DescribeService = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'service',
      summary: 'What a client must know of this deployment',
      description: '```sh\ncurl "$CEN_URL/v1"\n```',
    }),
    ApiResponse({ status: 200, description: 'Times in Unix seconds', standardSchema: serviceDocument }),
  );

export const DescribeKeys = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'keys',
      summary: 'Keys that sign batches and indexes',
      description: `
JWKS (RFC 7517) of the current keys and of the past ones within retention. \`CEN-Signature\` is by the root key, whose public half
apps ship with.

\`\`\`sh
curl -i "$CEN_URL/v1/keys"
\`\`\``,
    }),
    conditional,
    ApiResponse({ status: 200, description: 'Signed by the root key', headers: SIGNED, standardSchema: keyList }),
  );

export const DescribeIndex = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'readIndex',
      summary: 'The signed index of a region',
      description: `
Lists the region's batches and those of its child regions that have any. A valid region without batches has an empty one.

\`\`\`sh
curl -i "$CEN_URL/v1/regions/world"
\`\`\``,
    }),
    region,
    conditional,
    ApiResponse({
      status: 200,
      description: 'Signed by a key of /v1/keys',
      headers: SIGNED,
      standardSchema: indexDocument,
    }),
    ApiProblem(400, 'malformed-region'),
  );

export const DescribeOutline = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'readOutline',
      summary: 'The border of a region as GeoJSON',
      description:
        'For maps. H3 cells nest exactly by their indexes, and approximately by their outlines.\n\n```sh\ncurl "$CEN_URL/v1/regions/831f8dfffffffff/outline"\n```',
    }),
    ApiParam({ ...REGION, schema: { ...REGION.schema, example: '831f8dfffffffff' } }),
    ApiResponse({ status: 200, description: 'A GeoJSON Feature (RFC 7946)', standardSchema: regionFeature }),
    ApiProblem(400, 'malformed-region'),
  );

export const DescribeBatch = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'readBatch',
      summary: 'One batch',
      description: `
Immutable. Phones read \`compact\`; \`full\` holds the CENs themselves; \`.json\` is unsigned, for people, and for small batches only. The
file format is described in docs/batch-format.md. Take the URL from the index:

\`\`\`sh
curl -s "$CEN_URL/v1/regions/world" | grep -o '/v1/[^"]*batches/[^"]*compact' | tail -n 1 | xargs -I{} curl -s -D - -o batch.compact "$CEN_URL{}"
\`\`\``,
    }),
    region,
    ApiParam({
      name: 'file',
      description: '`{start}-{part}.{compact|full|json}`: start of the slot in Unix seconds, part from 0',
      schema: { type: 'string', example: '1795467600-0.compact' },
    }),
    binary('The batch file, signed'),
  );

export const DescribeDay = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'readDay',
      summary: 'All batches of a UTC day, one after another',
      description: `
Immutable. It exists once the day's last slot, or a later one, has been sealed or skipped. Take the URL from \`days\` of the index:

\`\`\`sh
curl -s "$CEN_URL/v1/regions/world" | grep -o '/v1/[^"]*days/[^"]*compact' | tail -n 1 | xargs -I{} curl -s -D - -o day.compact "$CEN_URL{}"
\`\`\``,
    }),
    region,
    ApiParam({
      name: 'file',
      description: '`{YYYY-MM-DD}.{compact|full}`, a UTC day',
      schema: { type: 'string', example: '2026-11-22.compact' },
    }),
    binary('The batch files of the day, in the order of (start, part)'),
  );
