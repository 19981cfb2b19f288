export { CensModule } from './cens.module.js';
export { Cens } from './cens.js';
export type { VolumesByDay, VolumesByRegion, VolumesBySlot } from './batches/volume.repository.js';
export { mostFilledUp } from './sealing/decoys.js';
export { longestHoldOf } from './sealing/plan.js';
export type { SlotSummary } from './sealing/sealing.repository.js';
export { CensError, type CensErrorCode } from './cens-error.js';
export type { SealingOutcome } from './sealing/sealing.js';
