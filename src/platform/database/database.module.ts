import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from './database.js';
import { PrismaService } from './prisma.service.js';

/** Ends the pool last of all, when requests and jobs have stopped. */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

/** Gives every module {@link Database} and {@link PrismaService}, connected as the application's role. */
@Module({})
export class DatabaseModule {
  static of(url: string, poolSize: number): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: Database, useFactory: () => new Database(url, poolSize) },
        PrismaService,
        DatabaseShutdown,
      ],
      exports: [Database, PrismaService],
    };
  }
}
