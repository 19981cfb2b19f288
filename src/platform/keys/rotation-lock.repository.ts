import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';

/** "cenk" in ASCII: any constant that no other advisory lock of this database uses. */
const LOCK = 0x63656e6b;

/** Lets one process at a time rewrite the key ring, over all replicas and the command line. */
@Injectable()
export class RotationLock {
  constructor(private readonly database: Database) {}

  /** Waits for the lock, on a connection of its own: a pooled one could be handed on with the lock still held. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const connection = await this.database.connect();
    try {
      await connection.query('SELECT pg_advisory_lock($1)', [LOCK]);
      return await work();
    } finally {
      await connection.end();
    }
  }
}
