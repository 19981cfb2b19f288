import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { Allow, DescribeCsrf, DescribeStaff, NO_STORE } from '../../staff/index.js';
import { Preview } from './preview.js';
import { RegionVolumes } from './region-volumes.js';
import {
  type PreviewBody,
  previewBody,
  type PreviewDocument,
  previewDocument,
  type VolumesDocument,
  volumesDocument,
  type VolumesQuery,
  volumesQuery,
} from './volumes.schema.js';

/** How the world is divided, as operators look at it. */
@Controller('admin/v1/regions')
export class VolumesController {
  constructor(
    private readonly volumes: RegionVolumes,
    private readonly preview: Preview,
  ) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('Volumes by region and day, and what phones there download', volumesDocument)
  readRegions(@Query({ schema: volumesQuery }) query: VolumesQuery): Promise<VolumesDocument> {
    return this.volumes.look(query);
  }

  @Post('preview')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeCsrf()
  @DescribeStaff('What other settings would make of the last days; changes nothing', previewDocument)
  previewRegions(@Body({ schema: previewBody }) body: PreviewBody): Promise<PreviewDocument> {
    return this.preview.of(body);
  }
}
