import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { PERMISSION_CHALLENGE } from '../../permissions/index.js';
import { jsonReport } from './json-report.js';
import { REPORT_MEDIA_TYPE } from './parse-report.js';

const accepted = z
  .object({
    status: z.literal('accepted'),
    padding: z.string().optional().meta({ description: 'Makes all answers one size' }),
  })
  .meta({ example: { status: 'accepted' } });

const DESCRIPTION = `
Takes in the CENs of one diagnosed person, in groups, a group per cell. The answer 202 means: every CEN of it will be published.
After a lost connection or a 5xx send the same request again, with the same \`Idempotency-Key\`.

\`${REPORT_MEDIA_TYPE}\` is what phones send: groups one after another, each \`u64 cell\` (H3 index, 0 = world), \`u32 count\`,
\`count\` × 16 bytes, little-endian; cell 0 with count 0 ends the list and zero bytes follow as padding, to 64, 160 or 512 KiB.
JSON is for people who try things out.

Accepted, refused and chaff requests get answers of one size at the same pace. To try it without a permission number,
send chaff: it is checked like a report, answered like one, and dropped.

\`\`\`sh
curl -X POST "$CEN_URL/v1/reports" -H 'Authorization: Chaff 000000000000' -H 'Idempotency-Key: AAECAwQFBgcICQoLDA0ODw' \\
  -H 'Content-Type: application/json' -d '{"groups":[{"region":"world","cens":"AAECAwQFBgcICQoLDA0ODw=="}]}'
\`\`\`
`;

/** Documents `POST /v1/reports`. */
export const DescribeReport = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Writing'),
    ApiOperation({
      summary: 'Report the CENs of a diagnosed person',
      description: DESCRIPTION,
      operationId: 'report',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: z.toJSONSchema(jsonReport, { target: 'openapi-3.0' }) as object },
          [REPORT_MEDIA_TYPE]: {
            schema: { type: 'string', format: 'binary', description: 'Packed groups and padding, as above' },
          },
        },
      },
    }),
    ApiSecurity('permission'),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'base64url of 16 random bytes, the same for each retry of a report',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$', example: 'AAECAwQFBgcICQoLDA0ODw' },
    }),
    ApiResponse({ status: 202, description: 'Accepted: it will be published', standardSchema: accepted }),
    ApiProblem(400, 'missing-idempotency-key'),
    ApiProblem(401, 'credential-required', {
      'WWW-Authenticate': `The schemes that are taken, such as \`${PERMISSION_CHALLENGE}\`; beside it \`PrivateToken\` (RFC 9577) where no \`Authorization\` came`,
    }),
    ApiProblem(403, ['credential-refused', 'foreign-page']),
    ApiProblem(413, 'report-too-large'),
    ApiProblem(415, 'unsupported-media-type'),
    ApiProblem(422, ['invalid-report', 'invalid-permission-number']),
    ApiProblem(429, 'too-many-attempts', { 'Retry-After': 'Seconds after which to send the same request again' }),
    ApiProblem(503, 'unavailable'),
  );
