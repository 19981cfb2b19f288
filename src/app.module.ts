import { type DynamicModule, Module } from '@nestjs/common';
import { CensModule } from './cens/index.js';
import { OperationsModule } from './operations/index.js';
import { MintingModule, PermissionsModule, StatisticsModule, UploadTokensModule } from './permissions/index.js';
import { ClockModule } from './platform/clock/index.js';
import { type Config, ConfigModule } from './platform/config/index.js';
import { DatabaseModule } from './platform/database/index.js';
import { HealthModule } from './platform/health/index.js';
import { KeysModule } from './platform/keys/index.js';
import { MetricsModule } from './platform/metrics/index.js';
import { RegionsModule, UploadSitesModule } from './regions/index.js';
import { StaffModule } from './staff/index.js';

/** The whole application on one database. */
@Module({})
export class AppModule {
  static of(config: Config, databaseUrl: string): DynamicModule {
    const cens = CensModule.of(config);
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.of(databaseUrl, config.databasePool),
        MetricsModule,
        HealthModule,
        ClockModule,
        KeysModule.of(config),
        StaffModule.of(config),
        PermissionsModule,
        MintingModule.of(config),
        StatisticsModule.of(config),
        UploadTokensModule.of(config),
        RegionsModule,
        UploadSitesModule.of(config),
        cens,
        OperationsModule.of(config, cens),
      ],
    };
  }
}
