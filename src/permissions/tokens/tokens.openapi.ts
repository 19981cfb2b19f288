import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { PERMISSION_CHALLENGE } from '../authorization.js';
import { DIRECTORY_MEDIA_TYPE, issuerDirectory } from './issuer-directory.js';

export const TOKEN_REQUEST_MEDIA_TYPE = 'application/private-token-request';
export const TOKEN_RESPONSE_MEDIA_TYPE = 'application/private-token-response';

const BINARY = { type: 'string', format: 'binary' } as const;
const text = (description: string) => ({ description, schema: { type: 'string' as const } });

const ISSUE = `
Spends a permission number and returns a blind signature, of which only the phone can make an upload token (Privacy Pass, RFC
9578, token type 2). The token is then sent with a report, after a random delay, as \`Authorization: PrivateToken token="…"\`:
nothing that this server and the health authority store leads from one to the other. Apps use \`requestToken\` of \`cen-client\`.

The body is \`token_type\` (0x0002), the last byte of the key's id, and the blinded message: 259 bytes. The same number with the
same request again gets the same bytes, for 48 hours. Accepted, refused and chaff requests get answers of one size at the same
pace; chaff gets random bytes.

\`\`\`sh
key=$(curl -s "$CEN_URL/.well-known/private-token-issuer-directory" | sed 's/.*"token-key":"\\([^"]*\\)","not-before":[0-9]*}\\]}$/\\1/')
id=$(printf %s "$key" | tr -- -_ +/ | base64 -d | sha256sum | cut -c 63-64)
{ printf "\\\\000\\\\002\\\\$(printf %o 0x$id)\\\\000"; head -c 255 /dev/urandom; } > request.bin
curl -X POST "$CEN_URL/v1/upload-tokens" -H 'Authorization: Chaff 000000000000' \\
  -H 'Content-Type: ${TOKEN_REQUEST_MEDIA_TYPE}' --data-binary @request.bin -o response.bin -w '%{http_code}\\n'
\`\`\`
`;

/** Documents `POST /v1/upload-tokens`. */
export const DescribeUploadToken = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Writing'),
    ApiOperation({
      summary: 'Exchange a permission number for an upload token',
      description: ISSUE,
      operationId: 'requestToken',
      requestBody: { required: true, content: { [TOKEN_REQUEST_MEDIA_TYPE]: { schema: BINARY } } },
    }),
    ApiSecurity('permission'),
    ApiResponse({
      status: 200,
      description: 'The blind signature, 256 bytes',
      content: { [TOKEN_RESPONSE_MEDIA_TYPE]: { schema: BINARY } },
    }),
    ApiProblem(401, 'credential-required', {
      'WWW-Authenticate': `The scheme that is taken: \`${PERMISSION_CHALLENGE}\``,
    }),
    ApiProblem(403, 'credential-refused'),
    ApiProblem(413, 'payload-too-large'),
    ApiProblem(415, 'unsupported-media-type'),
    ApiProblem(422, ['invalid-token-request', 'invalid-permission-number']),
    ApiProblem(429, 'too-many-attempts', { 'Retry-After': 'Seconds after which to send the same request again' }),
    ApiProblem(503, 'unavailable'),
  );

/** Documents `GET /.well-known/private-token-issuer-directory`. */
export const DescribeIssuerDirectory = (): MethodDecorator =>
  applyDecorators(
    ApiTags('Reading'),
    ApiOperation({
      operationId: 'issuerDirectory',
      summary: 'Keys that issue upload tokens',
      description: `
RFC 9578 section 4. Two keys at most, newest first; take the first whose \`not-before\` has come. \`CEN-Signature\` is by the root key,
whose public half apps ship with: a key of somebody else could tell one person's token from another's.

\`\`\`sh
curl -i "$CEN_URL/.well-known/private-token-issuer-directory"
\`\`\``,
    }),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      schema: { type: 'string' },
      description: 'ETag that the client has: 304 if it is current',
    }),
    ApiResponse({ status: 304, description: 'Not modified' }),
    ApiResponse({
      status: 200,
      description: 'Signed by the root key',
      headers: {
        ETag: text('Strong: the SHA-256 of the body in hex, in quotes'),
        'CEN-Signature': text(
          '`<key id>:<validUntil>:<signature>`: base64url Ed25519 over `<validUntil>`, newline, body',
        ),
        'Cache-Control': text('Ends when something newer can exist'),
      },
      content: {
        [DIRECTORY_MEDIA_TYPE]: { schema: z.toJSONSchema(issuerDirectory, { target: 'openapi-3.0' }) as object },
      },
    }),
  );
