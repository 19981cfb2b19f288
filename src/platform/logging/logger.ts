import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from '../config/index.js';

const LEVELS: Readonly<Record<Config['logLevel'], LogLevel[]>> = {
  silent: [],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** Structured lines in production, readable ones in development. No line names an address, an agent or a body. */
export function createLogger(config: Pick<Config, 'logLevel' | 'production'>): ConsoleLogger {
  return new ConsoleLogger({
    json: config.production,
    colors: !config.production && process.stdout.isTTY,
    compact: true,
    logLevels: LEVELS[config.logLevel],
  });
}
