export { RegionsModule } from './regions.module.js';
export { Regions } from './regions.js';
export { CELL_RESOLUTION, WORLD, type RegionId } from './cell.js';
export type { GroupRef, PendingGroup, PendingReport } from './pending-tree.js';
export type { Partition, PartitionSettings, PlannedRegion } from './partition.js';
export { RegionsError, type RegionsErrorCode } from './regions-error.js';
export type { Country, LatLng, RegionDescription } from './description.js';
export type { CountryCode } from './countries.js';
export type { Outline, Position } from './outline.js';
