import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DomainClock } from '../../platform/clock/index.js';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { sendDocument } from '../../platform/http/index.js';
import { DescribeKeys, DescribeService } from './batches.openapi.js';
import { KeyList } from './key-list.js';
import { describeService, type serviceDocument } from './service-document.js';

/** What a client reads first. */
@Controller('v1')
export class ServiceController {
  constructor(
    private readonly clock: DomainClock,
    private readonly keyList: KeyList,
    @InjectConfig() private readonly config: Config,
  ) {}

  @Get()
  @Header('cache-control', 'public, max-age=5')
  @DescribeService()
  service(): z.output<typeof serviceDocument> {
    return describeService(this.config, this.clock.now());
  }

  @Get('keys')
  @DescribeKeys()
  keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendDocument(request, reply, this.keyList.read());
  }
}
