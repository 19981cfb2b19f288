// npm run openapi [-- --check]: writes openapi.json from the application's routes; --check fails when the committed one is stale.
import 'reflect-metadata';
import { describeApi } from '../dist/api-description.js';
import { writeOrCheck } from './generated-file.mjs';

writeOrCheck('openapi.json', `${JSON.stringify(await describeApi(), null, 2)}\n`, 'npm run openapi');
