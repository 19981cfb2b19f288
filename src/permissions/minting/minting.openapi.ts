import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { mintedOrder, orderList, quotaState } from './minting.schema.js';

/** An API key is sent by whoever means it; only a browser's cookie needs the token beside it. */
const CsrfOfSessions = (): MethodDecorator =>
  ApiHeader({
    name: 'X-CEN-CSRF',
    required: false,
    description: 'The `csrfToken` of the session’s answer; not with an API key',
    schema: { type: 'string', example: 'dGhlIHRva2VuIG9mIHRoaXMgc2Vzc2lvbiBhbG9uZQ' },
  });

const MINT = `
Mints an order of 1 to 1,000 numbers, each of which allows one report. **The same request again gives the same numbers** and mints none,
until 48 hours after they have expired: repeat it after a lost answer. Only who placed an order can repeat it. There is no field for anything about a person: keep
who gets which number on paper, or not at all.

With a laboratory system's API key in \`CEN_API_KEY\`:

\`\`\`sh
curl "$CEN_URL/admin/v1/permission-numbers" -H "Authorization: Bearer $CEN_API_KEY" -H 'Content-Type: application/json' \\
  -d '{"requestId":"c0a8012e-5b1f-4d3a-8e2b-9f4d6a7c1b0e","count":2,"validityHours":24}'
\`\`\`

As a list for a spreadsheet; numbers are in groups, so that it keeps leading zeros:

\`\`\`sh
curl "$CEN_URL/admin/v1/permission-numbers" -H "Authorization: Bearer $CEN_API_KEY" -H 'Content-Type: application/json' \\
  -H 'Accept: text/csv' -d '{"requestId":"c0a8012e-5b1f-4d3a-8e2b-9f4d6a7c1b0e","count":2,"validityHours":24}'
\`\`\`

To be printed and cut, in the authority's language:

\`\`\`sh
curl "$CEN_URL/admin/v1/permission-numbers" -H "Authorization: Bearer $CEN_API_KEY" -H 'Content-Type: application/json' \\
  -H 'Accept: application/pdf' -d '{"requestId":"c0a8012e-5b1f-4d3a-8e2b-9f4d6a7c1b0e","count":2,"validityHours":24}' \\
  -o permission-numbers.pdf -w '%{content_type}\\n'
\`\`\`
`;

/** Documents `POST /admin/v1/permission-numbers`. */
export const DescribeMint = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Staff'),
    ApiOperation({ summary: 'Mint permission numbers', description: MINT }),
    CsrfOfSessions(),
    ApiHeader({
      name: 'Accept',
      required: false,
      description: '`application/json` (default), `text/csv` or `application/pdf`',
      schema: { type: 'string', example: 'application/json' },
    }),
    ApiResponse({
      status: 201,
      description: 'The numbers of the order',
      content: {
        'application/json': { schema: z.toJSONSchema(mintedOrder, { target: 'openapi-3.0' }) as object },
        'text/csv': {
          schema: { type: 'string', example: 'number,valid_until\r\n4821-9937-0156,2031-03-11T11:00:00Z\r\n' },
        },
        'application/pdf': { schema: { type: 'string', format: 'binary', description: 'A4, four slips a page' } },
      },
    }),
    ApiProblem(406, 'not-acceptable'),
    ApiProblem(409, 'request-id-reused'),
    ApiProblem(422, 'invalid-input'),
    ApiProblem(429, 'quota-exceeded', { 'Retry-After': 'Seconds until 00:00 UTC' }),
    ApiProblem(503, ['number-space-exhausted', 'unavailable']),
  );

const REVOKE = `
Makes a number, or every number of an order, worthless. **The answer is always the same**, after the same time: nobody learns whether a number was used. So
are wrong, expired and other authorities' numbers; only one that cannot be a number at all (length, check digit) is refused. An order is one of your own; a manager's may be any of
its authority.

\`\`\`sh
curl -i "$CEN_URL/admin/v1/permission-numbers/revocations" -H "Authorization: Bearer $CEN_API_KEY" -H 'Content-Type: application/json' \\
  -d '{"number":"4821-9937-0156"}'
\`\`\`
`;

/** Documents `POST /admin/v1/permission-numbers/revocations`. */
export const DescribeRevocation = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Staff'),
    ApiOperation({ summary: 'Revoke a number or an order', description: REVOKE }),
    CsrfOfSessions(),
    ApiResponse({ status: 204, description: 'Whatever became of it' }),
    ApiProblem(422, 'invalid-input'),
  );

const ORDERS = `
The orders that can still be repeated, newest first, without their numbers: a manager sees all of the authority, an issuer its own. A page has at most \`limit\`;
the next one begins after the last \`order\` of this one.

Signed in, with the cookie in the file \`staff.cookies\` and the authority's id in \`CEN_AUTHORITY\`:

\`\`\`sh
curl -b staff.cookies "$CEN_URL/admin/v1/authorities/$CEN_AUTHORITY/permission-orders?limit=20"
\`\`\`
`;

/** Documents `GET /admin/v1/authorities/{authorityId}/permission-orders`. */
export const DescribeOrders = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Staff'),
    ApiOperation({ summary: 'The orders of an authority', description: ORDERS }),
    ApiResponse({ status: 200, description: 'The orders, without numbers', standardSchema: orderList }),
  );

const QUOTA = `
What you and your authority may mint today, by UTC day, and have minted. Repeated orders do not count.

\`\`\`sh
curl "$CEN_URL/admin/v1/quota" -H "Authorization: Bearer $CEN_API_KEY"
\`\`\`
`;

/** Documents `GET /admin/v1/quota`. */
export const DescribeQuota = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Staff'),
    ApiOperation({ summary: 'Today’s quota', description: QUOTA }),
    ApiResponse({ status: 200, description: 'Today’s quota and use', standardSchema: quotaState }),
  );
