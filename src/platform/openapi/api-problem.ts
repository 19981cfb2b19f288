import { ApiResponse } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../http/index.js';

const PROBLEM_REF = { $ref: '#/components/schemas/Problem' };

/** Documents a problem answer of an operation: an RFC 9457 document with this code, or with one of these. */
export function ApiProblem(
  status: number,
  codes: string | readonly string[],
  headers: Readonly<Record<string, string>> = {},
): MethodDecorator {
  const each = typeof codes === 'string' ? [codes] : codes;
  return ApiResponse({
    status,
    description: `Problem ${each.map((code) => `[\`${code}\`](/problems/${code})`).join(' or ')}`,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
    ),
    content: {
      [PROBLEM_MEDIA_TYPE.split(';')[0]]: {
        schema: PROBLEM_REF,
        examples: Object.fromEntries(each.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  });
}
