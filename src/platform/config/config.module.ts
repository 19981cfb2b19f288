import { type DynamicModule, Inject, Module } from '@nestjs/common';
import type { Config } from './config.js';

const CONFIG = Symbol('Config');

/** Injects the parsed {@link Config}. */
export const InjectConfig = (): ParameterDecorator => Inject(CONFIG);

/** Makes the configuration, parsed before Nest starts, available to every module. */
@Module({})
export class ConfigModule {
  static of(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
