import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Listener } from '../notifications/index.js';
import { DomainClock } from './domain-clock.js';

@Global()
@Module({ providers: [Listener, DomainClock], exports: [Listener, DomainClock] })
export class ClockModule implements OnModuleInit {
  constructor(private readonly clock: DomainClock) {}

  async onModuleInit(): Promise<void> {
    await this.clock.start();
  }
}
