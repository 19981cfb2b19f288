import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../platform/config/index.js';
import { EndedDayRepository } from './ended-day.repository.js';
import { MintingDayRepository } from './minting-day.repository.js';
import { StatisticsController } from './statistics.controller.js';
import { Statistics } from './statistics.js';

/** Reading the counts, for the role `admin`; counting is done where numbers are minted, sealed and dropped. */
@Module({})
export class StatisticsModule {
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return {
      module: StatisticsModule,
      controllers: roles.has('admin') ? [StatisticsController] : [],
      providers: [Statistics, EndedDayRepository, MintingDayRepository],
    };
  }
}
