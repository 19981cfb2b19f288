import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, InjectConfig } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { describeError } from '../platform/logging/index.js';
import { InvitationRepository } from './members/invitation.repository.js';
import { KnownDeviceRepository } from './sign-in/known-device.repository.js';
import { SessionRepository } from './sign-in/session.repository.js';
import { SignInFailureRepository } from './sign-in/sign-in-failure.repository.js';

const INTERVAL_MS = 3_600_000;

/** Drops what has ended by itself: nothing here works past its time, this only keeps it from lying about. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Staff');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly invitations: InvitationRepository,
    private readonly devices: KnownDeviceRepository,
    private readonly failures: SignInFailureRepository,
    @InjectConfig() private readonly config: Pick<Config, 'roles'>,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('admin')) return;
    this.timer = setInterval(() => {
      this.running = this.purge().catch((error: unknown) => this.logger.error(describeError(error)));
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async purge(): Promise<void> {
    await this.database.transaction(async (client) => {
      await this.sessions.purge(client);
      await this.invitations.purge(client);
      await this.devices.purge(client);
      await this.failures.purge(client);
    });
  }
}
