export { Fleet } from './fleet.js';
export { outcomeChart } from './outcome-chart.js';
export { outcomeText } from './outcome-text.js';
export type { Outcome, Percentiles } from './outcome.js';
export type { SimulationSettings } from './settings.js';
export { type Deployment, type Progress, simulate } from './simulation.js';
