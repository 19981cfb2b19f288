import { type DynamicModule, Module } from '@nestjs/common';
import { AttemptsModule, PermissionsModule } from '../permissions/index.js';
import type { Config } from '../platform/config/index.js';
import { RegionsModule } from '../regions/index.js';
import { KeyList } from './batches/key-list.js';
import { KnownAnswers } from './batches/known-answers.js';
import { PublishedFiles } from './batches/published-files.js';
import { RegionCatalogue } from './batches/region-catalogue.js';
import { RegionIndex } from './batches/region-index.js';
import { RegionsController } from './batches/regions.controller.js';
import { ServiceController } from './batches/service.controller.js';
import { VolumeRepository } from './batches/volume.repository.js';
import { Cens } from './cens.js';
import { Intake } from './reports/intake.js';
import { ReportController } from './reports/report.controller.js';
import { RetentionSchedule } from './retention/retention-schedule.js';
import { Retention } from './retention/retention.js';
import { Restoration } from './sealing/restoration.js';
import { SealedSlots } from './sealing/sealed-slots.js';
import { SealingModule } from './sealing/sealing.module.js';
import { SealingSchedule } from './sealing/sealing-schedule.js';
import { SealingThread } from './sealing/sealing-thread.js';
import { SealingWatch } from './sealing/sealing-watch.js';

const PUBLIC = [ServiceController, RegionsController, ReportController];

/** CEN storage: taking in reports, sealing them into batches, serving these, and dropping them. */
@Module({})
export class CensModule {
  /** Controllers for the role `public`; the jobs of the role `worker` are started by {@link Cens}. */
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return {
      module: CensModule,
      imports: [PermissionsModule, AttemptsModule, RegionsModule, SealingModule],
      controllers: roles.has('public') ? PUBLIC : [],
      providers: [
        Cens,
        Intake,
        KeyList,
        KnownAnswers,
        PublishedFiles,
        RegionCatalogue,
        RegionIndex,
        Retention,
        RetentionSchedule,
        Restoration,
        SealedSlots,
        SealingSchedule,
        SealingThread,
        VolumeRepository,
        SealingWatch,
      ],
      exports: [Cens],
    };
  }
}
