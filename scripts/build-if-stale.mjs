// Runs before `npm start`, `npm run cen` and the tests: silent and quick when nothing has changed since the last build.
import { existsSync } from 'node:fs';
import { buildIfStale, isFresh } from './build-steps.mjs';

if (isFresh() || existsSync(new URL('../node_modules', import.meta.url))) {
  await buildIfStale();
} else {
  console.error('Run "npm ci" first.');
  process.exitCode = 1;
}
