import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from '../config/index.js';

const LEVELS: Readonly<Record<Config['logLevel'], LogLevel[]>> = {
  silent: [],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** Nest's account of its own start: of interest to nobody who runs the server. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

class QuietStartLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...rest);
  }

  /** For people: `event=sealed slot=1795473000`. */
  protected override stringifyMessage(message: unknown, level: LogLevel): string {
    if (this.options.json || !isFields(message)) return super.stringifyMessage(message, level);
    return Object.entries(message)
      .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
      .join(' ');
  }
}

function isFields(message: unknown): message is Record<string, unknown> {
  return typeof message === 'object' && message !== null && Object.getPrototypeOf(message) === Object.prototype;
}

/** Structured lines in production, readable ones in development. No line names an address, an agent or a body. */
export function createLogger(config: Pick<Config, 'logLevel' | 'production'>): ConsoleLogger {
  return new QuietStartLogger({
    json: config.production,
    prefix: 'cen',
    colors: !config.production && Boolean(process.stdout.isTTY),
    compact: true,
    logLevels: LEVELS[config.logLevel],
  });
}
