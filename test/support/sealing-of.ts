import { PendingReportRepository } from '../../src/cens/reports/pending-report.repository.js';
import { PartitionsRepository } from '../../src/cens/retention/partitions.repository.js';
import { DayFinisher } from '../../src/cens/sealing/day-finisher.js';
import { Publishing } from '../../src/cens/sealing/publishing.js';
import { Sealing } from '../../src/cens/sealing/sealing.js';
import { SealingRepository } from '../../src/cens/sealing/sealing.repository.js';
import { Permissions } from '../../src/permissions/index.js';
import type { Config } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { KeyRing } from '../../src/platform/keys/index.js';
import { Regions } from '../../src/regions/index.js';
import type { TestServer } from './test-server.js';

/** Parts of a sealing that a test puts in place of the application's. */
export interface SealingParts {
  readonly pending?: PendingReportRepository;
  readonly partitions?: PartitionsRepository;
  readonly config?: Config;
}

/** The sealing of a running application, in this thread. */
export function sealingOf({ app, config }: TestServer, parts: SealingParts = {}): Sealing {
  return new Sealing(
    app.get(Database),
    app.get(SealingRepository),
    parts.pending ?? app.get(PendingReportRepository),
    parts.partitions ?? app.get(PartitionsRepository),
    app.get(Publishing),
    app.get(DayFinisher),
    app.get(Permissions),
    app.get(Regions),
    app.get(KeyRing),
    parts.config ?? config,
  );
}
