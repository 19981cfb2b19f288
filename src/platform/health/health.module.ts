import { Global, Module } from '@nestjs/common';
import { Alerts } from './alerts.js';
import { HealthController } from './health.controller.js';

@Global()
@Module({ controllers: [HealthController], providers: [Alerts], exports: [Alerts] })
export class HealthModule {}
