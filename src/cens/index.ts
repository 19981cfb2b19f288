export { CensModule } from './cens.module.js';
export { Cens } from './cens.js';
export { CensError, type CensErrorCode } from './cens-error.js';
export type { SealingOutcome } from './sealing/sealing.js';
