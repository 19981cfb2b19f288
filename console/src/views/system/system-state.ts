import type { paths } from '../../api/generated/schema.js';

/** What the server says of itself. */
export type SystemState = paths['/admin/v1/system']['get']['responses']['200']['content']['application/json'];
