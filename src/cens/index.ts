export { CensModule } from './cens.module.js';
export { Cens, type PublishedSummary } from './cens.js';
export type { DailyVolume, RegionVolume, SlotVolume } from './batches/volume.repository.js';
export { CensError, type CensErrorCode } from './cens-error.js';
export type { SealingOutcome } from './sealing/sealing.js';
