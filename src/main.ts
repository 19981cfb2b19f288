import { createServer } from './app.js';
import { environment, loadConfig } from './platform/config/index.js';
import { startAndReport } from './start.js';

await startAndReport(() => loadConfig(environment()), createServer);
