import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { Allow, DescribeCsrf, DescribeStaff, NO_STORE } from '../../staff/index.js';
import { Preview } from './preview.js';
import { RegionVolumes } from './region-volumes.js';
import {
  type PreviewBody,
  previewBody,
  previewDocument,
  volumesDocument,
  type VolumesQuery,
  volumesQuery,
} from './volumes.schema.js';

/** Documents come from a thread, in the form in which they are sent. */
const JSON_BYTES = ['content-type', 'application/json; charset=utf-8'] as const;

/** How the world is divided, as operators look at it. */
@Controller('admin/v1/regions')
export class VolumesController {
  constructor(
    private readonly volumes: RegionVolumes,
    private readonly preview: Preview,
  ) {}

  @Get()
  @Header(...NO_STORE)
  @Header(...JSON_BYTES)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('Volumes by region and day, and what phones there download', volumesDocument)
  readRegions(@Query({ schema: volumesQuery }) query: VolumesQuery): Promise<Buffer> {
    return this.volumes.look(query);
  }

  @Post('preview')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Header(...JSON_BYTES)
  @Allow({ roles: ['operator'] })
  @DescribeCsrf()
  @DescribeStaff('What other settings would make of the last days; changes nothing', previewDocument)
  previewRegions(@Body({ schema: previewBody }) body: PreviewBody): Promise<Buffer> {
    return this.preview.of(body);
  }
}
