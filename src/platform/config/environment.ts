import { existsSync } from 'node:fs';
import type { Environment } from './config.js';

/** The process's environment, with a `.env` file of the working folder beneath it where there is one. */
export function environment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
