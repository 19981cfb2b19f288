export { StaffModule } from './staff.module.js';
export { Authorities } from './authorities.js';
export { DEFAULT_AUTHORITY, type Authority } from './authority.js';
