// Runs before `npm start`, `npm run cen` and the tests: silent and quick when nothing has changed since the last build.
import { buildIfStale } from './build-steps.mjs';

await buildIfStale();
