import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/index.js';
import { describeError } from '../logging/index.js';

const RECONNECT_MS = 1000;

type Connection = Awaited<ReturnType<Database['connect']>>;
type Handler = () => Promise<void> | void;

/**
 * PostgreSQL's LISTEN on one connection of its own. A handler runs for each notification of its channel and after
 * each reconnection, because what was notified meanwhile is lost: it must look at the state, not count calls.
 */
@Injectable()
export class Listener implements OnApplicationShutdown {
  private readonly logger = new Logger('Listener');
  private readonly handlers = new Map<string, Handler>();
  private connection: Connection | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly database: Database) {}

  /** Registers the one handler of a channel; channel names are constants of the code. */
  async on(channel: string, handler: Handler): Promise<void> {
    this.handlers.set(channel, handler);
    if (this.connection === undefined) await this.connect();
    else await this.connection.query(`LISTEN ${channel}`);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.connection?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const connection = await this.database.connect();
    // The application may have been closed while this was connecting again.
    if (this.stopped) return connection.end();
    this.connection = connection;
    connection.on('notification', ({ channel }) => this.run(channel));
    connection.on('error', (error) => this.reconnectLater(error));
    connection.on('end', () => this.reconnectLater());
    for (const channel of this.handlers.keys()) await connection.query(`LISTEN ${channel}`);
  }

  private reconnectLater(error?: Error): void {
    if (this.stopped || this.retry !== undefined) return;
    if (error !== undefined) this.logger.warn({ event: 'listening connection lost', ...describeError(error) });
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.connect().then(
        () => this.handlers.forEach((_, channel) => this.run(channel)),
        (failure: Error) => this.reconnectLater(failure),
      );
    }, RECONNECT_MS);
  }

  private run(channel: string): void {
    const failed = (error: unknown) => this.logger.warn({ event: 'handler failed', channel, ...describeError(error) });
    // Also a handler that throws before it returns a promise must not end the process.
    Promise.resolve().then(this.handlers.get(channel)).catch(failed);
  }
}
