import { getPriority } from 'node:os';
import { sealingOf } from '../../../test/support/sealing-of.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import type { Connection } from '../../platform/database/index.js';
import { type MissingPartitions, PartitionsRepository } from '../retention/partitions.repository.js';
import type { Sealing } from './sealing.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('the process of Postgres that seals', () => {
  const own = getPriority();
  let server: TestServer;
  let partitions: WatchedPartitions;

  beforeEach(async () => {
    server = await startTestServer();
    partitions = new WatchedPartitions();
  });

  afterEach(() => server.close());

  /** The tests' Postgres runs on this machine; what says that it is embedded is that there is no other. */
  const sealing = (databaseUrl: string | undefined): Sealing =>
    sealingOf(server, { partitions, config: { ...server.config, databaseUrl } });

  it('steps back where it is embedded', async () => {
    await sealing(undefined).seal();
    expect(partitions.priority).toBe(Math.max(own, 5));
  });

  it('steps back, too, when it settles a slot', async () => {
    await sealing(undefined).settle(0);
    expect(partitions.priority).toBe(Math.max(own, 5));
  });

  it('is left alone where somebody else runs it', async () => {
    await sealing(server.config.databaseUrl).seal();
    expect(partitions.priority).toBe(own);
  });
});

/** Notes the priority of the process that it is asked to work with. */
class WatchedPartitions extends PartitionsRepository {
  priority: number | undefined;

  override async ensureAhead(connection: Connection): Promise<MissingPartitions> {
    await this.note(connection);
    return super.ensureAhead(connection);
  }

  override async settle(connection: Connection): Promise<void> {
    await this.note(connection);
  }

  private async note(connection: Connection): Promise<void> {
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    this.priority = getPriority(rows[0].pid);
  }
}
