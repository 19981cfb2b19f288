import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../../platform/openapi/index.js';
import { statisticsDocument } from './statistics.schema.js';

const DESCRIPTION = `
\`minted\` and \`revocations\` are what staff did, to the minute. \`redeemed\` and \`expired\` are told in whole tens, once a finished UTC
day, on the day by whose end they were full, so that nobody learns how a single number ended. Days without are there with zeros.

Without \`from\` and \`to\`: the last 30 days. At most 400 days; older counts are dropped. \`Accept: text/csv\` gives a table.
`;

/** Documents a statistics operation. */
export const DescribeStatistics = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiTags('Staff'),
    ApiOperation({ summary, description: DESCRIPTION }),
    ApiResponse({ status: 200, description: summary, standardSchema: statisticsDocument }),
    ApiProblem(406, 'not-acceptable'),
    ApiProblem(422, 'invalid-input'),
  );
