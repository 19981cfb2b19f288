import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import { preferredMediaType } from '../../platform/http/index.js';
import { ApiProblem } from '../../platform/openapi/index.js';
import { Allow, NO_STORE, uuid } from '../../staff/index.js';
import { COHORT } from './cohorts.js';
import { dateOf, type DayRange } from './day-range.js';
import { DescribeStatistics } from './statistics.openapi.js';
import { rangeOf, type statisticsDocument, wantedDays } from './statistics.schema.js';
import { Statistics, type StatisticsDay } from './statistics.js';
import { toCsv } from './statistics-csv.js';

type Wanted = z.output<typeof wantedDays>;
type Answer = z.input<typeof statisticsDocument> | string;

/** Counts of numbers, by UTC day. */
@Controller('admin/v1')
export class StatisticsController {
  constructor(
    private readonly statistics: Statistics,
    private readonly clock: DomainClock,
  ) {}

  @Get('authorities/:authorityId/statistics')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager', 'auditor'] })
  @DescribeStatistics('How many numbers an authority minted, and in cohorts of ten how they ended')
  @ApiProblem(404, 'staff-not-found')
  async readAuthorityStatistics(
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Query({ schema: wantedDays }) wanted: Wanted,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const range = this.range(wanted);
    return answer(range, await this.statistics.ofAuthority(authorityId, range), accept, reply);
  }

  @Get('statistics')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStatistics('The same of all authorities together')
  async readStatistics(
    @Query({ schema: wantedDays }) wanted: Wanted,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const range = this.range(wanted);
    return answer(range, await this.statistics.ofAll(range), accept, reply);
  }

  private range(wanted: Wanted): DayRange {
    return rangeOf(wanted, dateOf(this.clock.now()));
  }
}

function answer(range: DayRange, days: StatisticsDay[], accept: string | undefined, reply: FastifyReply): Answer {
  void reply.header('vary', 'Accept');
  if (preferredMediaType(accept, ['application/json', 'text/csv']) !== 'text/csv')
    return { ...range, cohort: COHORT, days };
  void reply.header('content-disposition', `attachment; filename="statistics-${range.from}-${range.to}.csv"`);
  void reply.type('text/csv; charset=utf-8; header=present');
  return toCsv(days);
}
