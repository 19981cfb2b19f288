import { Module } from '@nestjs/common';
import { PermissionsModule } from '../../permissions/index.js';
import { RegionsModule } from '../../regions/index.js';
import { BatchRepository } from '../batches/batch.repository.js';
import { DayBundleRepository } from '../batches/day-bundle.repository.js';
import { PendingReportRepository } from '../reports/pending-report.repository.js';
import { PartitionsRepository } from '../retention/partitions.repository.js';
import { DayFinisher } from './day-finisher.js';
import { EncodingThread } from './encoding-thread.js';
import { Publishing } from './publishing.js';
import { SealingRepository } from './sealing.repository.js';
import { Sealing } from './sealing.js';

/** Sealing and the tables that it works on; the same in the server's process and in its sealing thread. */
@Module({
  imports: [PermissionsModule, RegionsModule],
  providers: [
    Sealing,
    Publishing,
    EncodingThread,
    SealingRepository,
    PendingReportRepository,
    PartitionsRepository,
    BatchRepository,
    DayBundleRepository,
    DayFinisher,
  ],
  exports: [
    Sealing,
    SealingRepository,
    PendingReportRepository,
    PartitionsRepository,
    BatchRepository,
    DayBundleRepository,
  ],
})
export class SealingModule {}
