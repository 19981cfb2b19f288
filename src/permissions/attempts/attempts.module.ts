import { Module } from '@nestjs/common';
import { AttemptCounterRepository } from './attempt-counter.repository.js';
import { Attempts } from './attempts.js';
import { AttemptSharing } from './attempt-sharing.js';

/** Of its own, since the sealing thread has the permissions but no clock, alerts or metrics. */
@Module({ providers: [Attempts, AttemptCounterRepository, AttemptSharing], exports: [Attempts] })
export class AttemptsModule {}
