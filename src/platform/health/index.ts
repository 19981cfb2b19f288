export { type AlertCode, ALERTS } from './alert-codes.js';
export { Alerts } from './alerts.js';
export { HealthModule } from './health.module.js';
