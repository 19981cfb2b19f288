import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database } from '../database/index.js';
import { PlatformError } from '../http/index.js';
import { Alerts } from './alerts.js';

const live = z.object({ status: z.literal('ok') }).meta({ example: { status: 'ok' } });
const ready = z
  .object({ status: z.literal('ok'), alerts: z.array(z.object({ name: z.string() })) })
  .meta({ example: { status: 'ok', alerts: [] } });

/** For orchestrators and load balancers. A raised alert does not take a replica out: it can still serve. */
@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly alerts: Alerts,
  ) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The process runs', description: '```sh\ncurl "$CEN_URL/health/live"\n```' })
  @ApiOkResponse({ standardSchema: live })
  live(): z.output<typeof live> {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'The process can answer: its database is in reach',
    description: '```sh\ncurl "$CEN_URL/health/ready"\n```',
  })
  @ApiOkResponse({ standardSchema: ready })
  @ApiServiceUnavailableResponse({ description: 'The database is out of reach' })
  async ready(): Promise<z.output<typeof ready>> {
    await this.database.pool.query('SELECT 1').catch(() => {
      throw new PlatformError('unavailable');
    });
    return { status: 'ok', alerts: this.alerts.list().map(({ code }) => ({ name: code })) };
  }
}
