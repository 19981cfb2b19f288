// The server under test as `npm start` runs it, in a process group of its own.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../../scripts/build-steps.mjs';
import { belongs, freePort } from './belongings.mjs';
import { START_OPTIONS } from './start-options.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const READY_MS = 120_000;
const LOOK_MS = 10;

/** What is the same for all programs: seconds instead of hours, nothing that waits or refuses the load. A program puts its own on top. */
export const SETTINGS = {
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'debug',
  SLOT_SECONDS: '1',
  RESPONSE_FLOOR_MS: '0',
  // All uploads come from one network.
  FAILED_ATTEMPTS_BURST: '100000',
  FAILED_ATTEMPTS_ALARM: '10000000',
};

/** One server on one port, which can be started as often as it is killed. Everything that it says goes to the file `log`. */
export class Server {
  #child;

  static async in(folder, settings, name = 'server') {
    await buildIfStale();
    const port = await freePort();
    return new Server(folder, { ...SETTINGS, PORT: String(port), ...settings }, `http://127.0.0.1:${port}`, name);
  }

  constructor(folder, settings, url, name) {
    this.folder = folder;
    this.url = url;
    this.name = name;
    this.log = join(folder, `${name}.log`);
    this.environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
  }

  get pid() {
    return this.#child?.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  /** Starts the process, without waiting for it to be ready. */
  spawn() {
    const log = openSync(this.log, 'a');
    const options = { cwd: this.folder, env: this.environment, stdio: ['ignore', log, log], detached: true };
    this.#child = belongs(spawn(process.execPath, [...START_OPTIONS, join(root, 'dist/main.js')], options));
    closeSync(log);
  }

  /** Resolves when it answers. Throws with its last words when it ends before. */
  async ready() {
    const begun = performance.now();
    while (!(await this.isReady())) {
      if (this.pid === undefined || performance.now() - begun > READY_MS)
        throw new Error(`The server did not become ready. Its last words:\n${this.lastWords()}`);
      await sleep(LOOK_MS);
    }
  }

  async start() {
    this.spawn();
    await this.ready();
  }

  async isReady() {
    return fetch(`${this.url}/health/ready`).then(
      async (answer) => (await answer.arrayBuffer(), answer.ok),
      () => false,
    );
  }

  signal(name) {
    if (this.pid !== undefined) process.kill(-this.pid, name);
  }

  /** `kill -9`, or another signal; resolves when it is gone. */
  async kill(name = 'SIGKILL') {
    if (this.pid === undefined) return;
    const gone = once(this.#child, 'exit');
    this.signal(name);
    await gone;
  }

  /** Its exit code or the signal that ended it, when it has ended. */
  async ended() {
    const [code, signal] = await once(this.#child, 'exit');
    return code ?? signal;
  }

  /** Everything that it has written to its output. */
  words() {
    return readFileSync(this.log, 'utf8');
  }

  lastWords(lines = 40) {
    return this.words().split('\n').slice(-lines).join('\n');
  }

  /** Runs `cen …args --json` beside it, and gives the document that it printed. */
  async command(...args) {
    const options = { cwd: this.folder, env: { ...this.environment, LOG_LEVEL: 'error' }, detached: true };
    const child = belongs(spawn(process.execPath, [join(root, 'dist/cli.js'), ...args, '--json'], options));
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (piece) => (said[stream] += piece));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`cen ${args.join(' ')} failed:\n${said.stderr}`);
    return JSON.parse(said.stdout.trimEnd().split('\n').at(-1));
  }

  /** Permission numbers, without dashes, as the order with this id mints them. */
  async mint(count, requestId) {
    return (await this.command('mint', '--count', String(count), '--request-id', requestId)).numbers;
  }

  async rootKey() {
    return (await this.command('keys', 'root')).rootKey;
  }
}
