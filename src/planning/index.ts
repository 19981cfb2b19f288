export { type CapacityInput, type CapacityPlan, planCapacity, type Spread, type SplitRow } from './capacity.js';
export { capacityText } from './capacity-text.js';
export { type Country, type CountrySettings, modelCountry, type Place } from './country.js';
export { exponential, poisson, seededRandom, type SeededRandom } from './random.js';
