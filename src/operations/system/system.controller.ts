import { Controller, Get, Header } from '@nestjs/common';
import { Allow, DescribeStaff, NO_STORE } from '../../staff/index.js';
import { System } from './system.js';
import { type SystemDocument, systemDocument } from './system.schema.js';

/** How the deployment stands. */
@Controller('admin/v1/system')
export class SystemController {
  constructor(private readonly system: System) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('Sealing, retention, keys, replicas and what needs somebody', systemDocument)
  readSystem(): Promise<SystemDocument> {
    return this.system.look();
  }
}
