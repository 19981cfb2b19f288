export { ClockModule } from './clock.module.js';
export { DomainClock } from './domain-clock.js';
