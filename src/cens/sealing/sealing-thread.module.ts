import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type Config, ConfigModule } from '../../platform/config/index.js';
import { DatabaseModule } from '../../platform/database/index.js';
import { KeyRing, KeyUsers, openKeyRing } from '../../platform/keys/index.js';
import { SealingModule } from './sealing.module.js';

/** What the sealing thread is given. */
export interface SealingThreadData {
  readonly config: Config;
  readonly databaseUrl: string;
}

/** One sealing runs at a time; the second connection is for the pool's own use. */
const POOL_SIZE = 2;

/** The key ring alone: watching and rotating it is the server's. */
@Global()
@Module({})
class SealingKeysModule {
  static of(config: Config): DynamicModule {
    return {
      module: SealingKeysModule,
      providers: [{ provide: KeyRing, useFactory: () => openKeyRing(config) }, KeyUsers],
      exports: [KeyRing, KeyUsers],
    };
  }
}

/** The modules of the sealing thread. */
@Module({})
export class SealingThreadModule {
  static of({ config, databaseUrl }: SealingThreadData): DynamicModule {
    return {
      module: SealingThreadModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.of(databaseUrl, POOL_SIZE),
        SealingKeysModule.of(config),
        SealingModule,
      ],
    };
  }
}
