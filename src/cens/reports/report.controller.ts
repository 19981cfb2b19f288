import { Body, Controller, Get, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { Permissions } from '../../permissions/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { PlatformError } from '../../platform/http/index.js';
import { Regions } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { parseCredential } from './credential.js';
import { isForeignPage } from './foreign-page.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import { Intake } from './intake.js';
import { parseReport } from './parse-report.js';
import { DescribeReport } from './report.openapi.js';

/** `POST /v1/reports`. The order of the checks is pinned by protocol section 9. */
@Controller('v1/reports')
export class ReportController {
  constructor(
    private readonly intake: Intake,
    private readonly permissions: Permissions,
    private readonly regions: Regions,
    @InjectConfig() private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(202)
  @RouteConfig({ equalAnswer: true, rawBody: true })
  @DescribeReport()
  async report(
    @Body() body: Buffer | undefined,
    @Headers('content-type') mediaType: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @Headers() headers: Readonly<Record<string, unknown>>,
    @Ip() address: string,
  ): Promise<{ status: 'accepted' }> {
    const parsed = parseReport(body, mediaType, this.config, this.regions);
    const idempotencyKey = parseIdempotencyKey(key);
    if (parsed instanceof CensError) throw parsed;
    const credential = parseCredential(authorization, this.permissions);
    if (
      credential.scheme === 'none' &&
      this.config.uploadPolicy !== 'permission' &&
      isForeignPage(headers, this.config.appOrigins)
    )
      throw new CensError('foreign-page');
    await this.intake.accept(parsed, credential, idempotencyKey, address);
    return { status: 'accepted' };
  }

  /** For whoever opens the URL in a browser. */
  @Get()
  @ApiExcludeEndpoint()
  refuseReading(): never {
    throw new PlatformError('method-not-allowed', { headers: { allow: 'POST' } });
  }
}
