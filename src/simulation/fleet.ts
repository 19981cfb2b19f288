import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const START_PATIENCE_MS = 60_000;
const DOWN_MS = 500;
const MOST_STDERR = 4000;

interface Server {
  process: ChildProcess;
  url: string;
}

/** Server processes of one database, which can be killed and come back under the same address. */
export class Fleet {
  kills = 0;
  private readonly servers: Server[] = [];
  private restarting: Promise<void> | undefined;
  private readonly endAll = () => this.servers.forEach(({ process: child }) => child.kill('SIGKILL'));

  constructor(
    private readonly entry: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    process.once('exit', this.endAll);
  }

  get urls(): readonly string[] {
    return this.servers.map(({ url }) => url);
  }

  async start(count: number): Promise<void> {
    for (let i = 0; i < count; i++) this.servers.push(await this.spawn('0'));
  }

  /** Kills one with SIGKILL and starts it again; nothing while the one killed before is still down. */
  killOne(index: number): void {
    if (this.restarting !== undefined) return;
    this.kills++;
    this.restarting = this.killAndRestart(this.servers[index]).finally(() => (this.restarting = undefined));
    this.restarting.catch(() => undefined);
  }

  /** Waits until no server is down. */
  async whole(): Promise<void> {
    await this.restarting;
  }

  async stop(): Promise<void> {
    await this.restarting?.catch(() => undefined);
    await Promise.all(this.servers.map(({ process: child }) => end(child)));
    process.off('exit', this.endAll);
  }

  private async killAndRestart(server: Server): Promise<void> {
    server.process.kill('SIGKILL');
    await once(server.process, 'exit');
    await sleep(DOWN_MS);
    Object.assign(server, await this.spawn(new URL(server.url).port));
  }

  private async spawn(port: string): Promise<Server> {
    const child = spawn(process.execPath, [this.entry], {
      env: { ...this.environment, PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-MOST_STDERR)));
    const url = await Promise.race([
      announced(child),
      once(child, 'exit').then(() => Promise.reject(new Error(`A server ended at its start: ${said}`))),
      sleep(START_PATIENCE_MS, undefined, { ref: false }).then(() =>
        Promise.reject(new Error(`A server did not start in time: ${said}`)),
      ),
    ]);
    return { process: child, url };
  }
}

/** The address that a server says it listens on. */
async function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, url] = /(http:\/\/\S+)\/docs/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
  child.kill('SIGKILL');
}
