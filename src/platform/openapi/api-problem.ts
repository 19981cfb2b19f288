import { ApiResponse } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../http/index.js';

const PROBLEM_REF = { $ref: '#/components/schemas/Problem' };

/** Documents a problem answer of an operation: an RFC 9457 document with this code. */
export function ApiProblem(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): MethodDecorator {
  return ApiResponse({
    status,
    description: `Problem [\`${code}\`](/problems/${code})`,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
    ),
    content: { [PROBLEM_MEDIA_TYPE.split(';')[0]]: { schema: PROBLEM_REF } },
  });
}
