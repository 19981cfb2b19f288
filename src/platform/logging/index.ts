export { describeError } from './describe-error.js';
export { createLogger } from './logger.js';
