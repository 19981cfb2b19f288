import { getPriority, setPriority } from 'node:os';
import { sealingOf } from '../../../test/support/sealing-of.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import type { Connection } from '../../platform/database/index.js';
import { type MissingPartitions, PartitionsRepository } from '../retention/partitions.repository.js';
import { SealingRepository } from './sealing.repository.js';
import type { Sealing } from './sealing.js';
import { PROCESS_NICE } from './step-back.js';

const own = getPriority();
/** Where this process has stepped back already, nobody could tell. */
const where = process.platform === 'linux' && own < PROCESS_NICE ? describe : describe.skip;

where('the process of Postgres that seals', () => {
  let server: TestServer;
  let partitions: WatchedPartitions;

  beforeEach(async () => {
    server = await startTestServer();
    partitions = new WatchedPartitions(server.app.get(SealingRepository));
  });

  afterEach(() => server.close());

  /** Without `databaseUrl` a sealing takes Postgres for its own, as the tests' is. */
  const sealing = (databaseUrl: string | undefined): Sealing =>
    sealingOf(server, { partitions, config: { ...server.config, databaseUrl } });

  it('steps back where it is embedded', async () => {
    await sealing(undefined).seal();
    expect(partitions.priority).toBe(partitions.mayChange ? PROCESS_NICE : own);
  });

  it('steps back, too, when it settles a slot', async () => {
    await sealing(undefined).settle(0);
    expect(partitions.priority).toBe(partitions.mayChange ? PROCESS_NICE : own);
  });

  it('is left alone where somebody else runs it', async () => {
    await sealing(server.config.databaseUrl).seal();
    expect(partitions.priority).toBe(own);
  });
});

/** Notes the priority of the process that it is asked to work with, and whether the system lets this one change it: in a container root may not always. */
class WatchedPartitions extends PartitionsRepository {
  priority: number | undefined;
  mayChange = false;

  constructor(private readonly sealings: SealingRepository) {
    super();
  }

  override async ensureAhead(connection: Connection): Promise<MissingPartitions> {
    await this.note(connection);
    return super.ensureAhead(connection);
  }

  override async settle(connection: Connection): Promise<void> {
    await this.note(connection);
  }

  private async note(connection: Connection): Promise<void> {
    const pid = await this.sealings.processOf(connection);
    const priority = getPriority(pid);
    this.priority = priority;
    this.mayChange = succeeds(() => setPriority(pid, priority));
  }
}

function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
