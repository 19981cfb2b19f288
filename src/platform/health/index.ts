export { Alerts } from './alerts.js';
export { HealthModule } from './health.module.js';
