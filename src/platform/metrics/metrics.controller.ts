import { Controller, Get, Header, Headers, Ip } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Config, InjectConfig } from '../config/index.js';
import { isFromUnknownProxy, isInternalAddress, PlatformError } from '../http/index.js';
import { Metrics } from './metrics.js';

/** `/metrics` for Prometheus, for addresses of INTERNAL_RANGES only. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @InjectConfig() private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  scrape(@Ip() address: string, @Headers() headers: Record<string, string>): Promise<string> {
    const { internalRanges, trustedProxyHops } = this.config;
    if (isFromUnknownProxy(trustedProxyHops, headers) || !isInternalAddress(internalRanges, address))
      throw new PlatformError('forbidden-address');
    return this.metrics.registry.metrics();
  }
}
