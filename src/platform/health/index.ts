export { type AlertCode, alertDocument, ALERTS, isAlertCode } from './alert-codes.js';
export { Alerts, type RaisedAlert } from './alerts.js';
export { HealthModule } from './health.module.js';
