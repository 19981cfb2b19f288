export { RegionsModule } from './regions.module.js';
export { Regions } from './regions.js';
export { CELL_RESOLUTION, WORLD, type RegionId } from './cell.js';
export type { GroupRef, PendingGroup, PendingReport } from './pending-tree.js';
export type { Partition, PartitionSettings, PlannedRegion } from './partition.js';
export { RegionsError, type RegionsErrorCode } from './regions-error.js';
