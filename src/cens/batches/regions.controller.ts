import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainClock } from '../../platform/clock/index.js';
import { sendDocument } from '../../platform/http/index.js';
import { Regions } from '../../regions/index.js';
import { DescribeBatch, DescribeDay, DescribeIndex, DescribeOutline } from './batches.openapi.js';
import { requireReadable, toJsonBatch } from './json-batch.js';
import { parseBatchFile, parseDayFile } from './names.js';
import { PublishedFiles } from './published-files.js';
import { type RegionFeature, toFeature } from './region-feature.js';
import { RegionIndex } from './region-index.js';
import { sendFile } from './send-file.js';

/** Reading what is published (protocol section 3): public, and made for caches. */
@Controller('v1/regions/:region')
export class RegionsController {
  constructor(
    private readonly regions: Regions,
    private readonly index: RegionIndex,
    private readonly files: PublishedFiles,
    private readonly clock: DomainClock,
  ) {}

  @Get()
  @DescribeIndex()
  async readIndex(
    @Param('region') region: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendDocument(request, reply, await this.index.read(this.regions.parse(region)));
  }

  @Get('outline')
  @Header('cache-control', 'public, max-age=86400')
  @Header('content-type', 'application/geo+json; charset=utf-8')
  @DescribeOutline()
  readOutline(@Param('region') id: string): RegionFeature {
    return toFeature(this.regions, this.regions.parse(id));
  }

  @Get('batches/:file')
  @DescribeBatch()
  async readBatch(
    @Param('region') region: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { format, ...slot } = parseBatchFile(file);
    const name = { region: this.regions.parse(region), ...slot };
    if (format !== 'json') return sendFile(request, reply, await this.files.batch(name, format), this.clock.now());

    const batch = await this.files.entry(name);
    requireReadable(batch);
    const [full] = (await this.files.batch(name, 'full')).segments;
    void reply.header('cache-control', 'no-store').send(toJsonBatch(region, batch, await full.load()));
  }

  @Get('days/:file')
  @DescribeDay()
  async readDay(
    @Param('region') region: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { day, encoding } = parseDayFile(file);
    const bundle = await this.files.dayBundle(this.regions.parse(region), day, encoding);
    await sendFile(request, reply, bundle, this.clock.now());
  }
}
