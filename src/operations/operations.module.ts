import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../platform/config/index.js';
import { PermissionsModule } from '../permissions/index.js';
import { RegionsModule } from '../regions/index.js';
import { Operations } from './operations.js';
import { Heartbeat } from './replicas/heartbeat.js';
import { ReplicaRepository } from './replicas/replica.repository.js';
import { SystemController } from './system/system.controller.js';
import { SystemMetrics } from './system/system-metrics.js';
import { System } from './system/system.js';
import { Preview } from './volumes/preview.js';
import { RegionVolumes } from './volumes/region-volumes.js';
import { VolumesController } from './volumes/volumes.controller.js';
import { VolumesThread } from './volumes/volumes-thread.js';

const ADMIN = [SystemController, VolumesController];

/** What operators look at: it reads what the other modules know, and changes nothing of theirs. */
@Module({})
export class OperationsModule {
  /**
   * Controllers for the role `admin`.
   * @param cens the application's own: Nest takes a second `CensModule.of` for another module, with jobs of its own
   */
  static of({ roles }: Pick<Config, 'roles'>, cens: DynamicModule): DynamicModule {
    return {
      module: OperationsModule,
      imports: [cens, PermissionsModule, RegionsModule],
      controllers: roles.has('admin') ? ADMIN : [],
      providers: [
        Operations,
        Heartbeat,
        ReplicaRepository,
        Preview,
        RegionVolumes,
        VolumesThread,
        System,
        SystemMetrics,
      ],
      exports: [Operations],
    };
  }
}
