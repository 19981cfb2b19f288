import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Binaries, findBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { give, type Identity, postgresIdentity, spawnAs } from './identity.js';
import { isAlive } from './process.js';

export const OWNER_ROLE = 'cen_owner';
export const APP_ROLE = 'cen_app';
export const DATABASE_NAME = 'cen';

/** Passwords of the two roles; they never leave the data folder (mode 0600). */
export interface Passwords {
  readonly [OWNER_ROLE]: string;
  readonly [APP_ROLE]: string;
}

/** A PostgreSQL data folder that exists and has its roles and its database. */
export interface Cluster {
  /** Holds everything below, and the socket. Absolute. */
  readonly folder: string;
  /** What PostgreSQL calls PGDATA. */
  readonly data: string;
  readonly log: string;
  readonly passwords: Passwords;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
}

/** Opens the cluster in `dataDir`, and makes it first if there is none. Either a whole cluster appears there, or nothing does. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true });
  // One name for one folder, whatever links lead to it.
  const folder = join(realpathSync(dataDir), 'postgres');
  const binaries = findBinaries();
  const identity = postgresIdentity([binaries.folder, dirname(folder)]);
  if (!existsSync(folder)) await makeCluster(folder, binaries, identity);
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'server.log'),
    passwords: readPasswords(folder),
    binaries,
    identity,
  };
}

async function makeCluster(folder: string, binaries: Binaries, identity: Identity | undefined): Promise<void> {
  removeLeftovers(folder);
  const draft = `${folder}.new-${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  give(draft, identity);
  try {
    await fillCluster(draft, binaries, identity);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process has made one in the meantime: that one counts.
    if (!existsSync(join(folder, 'passwords.json'))) throw error;
  }
}

async function fillCluster(draft: string, binaries: Binaries, identity: Identity | undefined): Promise<void> {
  const data = join(draft, 'data');
  const passwords: Passwords = { [OWNER_ROLE]: randomPassword(), [APP_ROLE]: randomPassword() };
  const passwordFile = join(draft, 'owner-password');
  writeFileSync(passwordFile, passwords[OWNER_ROLE], { mode: 0o600 });
  give(passwordFile, identity);
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--no-instructions'];
  await run(identity, binaries.initdb, ['-D', data, '-U', OWNER_ROLE, `--pwfile=${passwordFile}`, ...options]);
  rmSync(passwordFile);
  writeFileSync(join(data, 'pg_hba.conf'), 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n');
  // In single-user mode a line is a command.
  const commands = [
    `CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${passwords[APP_ROLE]}'`,
    `CREATE DATABASE ${DATABASE_NAME} OWNER ${OWNER_ROLE}`,
  ];
  const single = ['--single', '-D', data, '-c', 'exit_on_error=on', '-c', 'log_checkpoints=off', 'postgres'];
  await run(identity, binaries.postgres, single, commands.map((command) => `${command}\n`).join(''));
  writeFileSync(join(draft, 'passwords.json'), JSON.stringify(passwords), { mode: 0o600, flush: true });
}

function readPasswords(folder: string): Passwords {
  try {
    return JSON.parse(readFileSync(join(folder, 'passwords.json'), 'utf8')) as Passwords;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'not JSON';
    throw new EmbeddedPostgresError(
      `${folder} is no data folder of this server, or not this user's: passwords.json cannot be read (${reason}).`,
    );
  }
}

/** Drafts of processes that died while they made them. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

const randomPassword = (): string => randomBytes(24).toString('base64url');

async function run(
  identity: Identity | undefined,
  program: string,
  args: readonly string[],
  input = '',
): Promise<void> {
  const child = spawnAs(identity, program, args, { stdio: 'pipe' });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin?.on('error', () => undefined).end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new EmbeddedPostgresError(`PostgreSQL's data folder could not be made:\n${output.trim()}`);
}
