import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

type Schema = z.ZodType;

/** Every answer to staff is for one pair of eyes. */
export const NO_STORE = ['cache-control', 'no-store'] as const;

/** A path parameter that is an id. */
export const uuid = z.uuid();

export const noContent = undefined;

/**
 * Documents a staff operation: what it does, and the shape of its answer.
 * @param answer its schema with an example; {@link noContent} for 204
 * @param description in Markdown; its `sh` blocks are run by a test
 */
export function DescribeStaff(
  summary: string,
  answer: Schema | undefined,
  status = 200,
  description?: string,
): MethodDecorator {
  return applyDecorators(
    ApiTags('Staff'),
    ApiOperation(description === undefined ? { summary } : { summary, description }),
    answer === undefined
      ? ApiResponse({ status: 204, description: 'Done' })
      : ApiResponse({ status, description: summary, standardSchema: answer }),
  );
}

/** Documents the header that every state change of a session needs. */
export const DescribeCsrf = (): MethodDecorator =>
  ApiHeader({
    name: 'X-CEN-CSRF',
    required: true,
    description: 'The `csrfToken` of the session’s answer',
    schema: { type: 'string', example: 'dGhlIHRva2VuIG9mIHRoaXMgc2Vzc2lvbiBhbG9uZQ' },
  });
