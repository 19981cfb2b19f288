export { OperationsModule } from './operations.module.js';
export { Operations } from './operations.js';
