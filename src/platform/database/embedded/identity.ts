import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { accessSync, chownSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Who the PostgreSQL programs run as. They refuse to run as root. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** A command that drops root's identity before it runs the command that follows it; empty where `spawn` does. */
  readonly prefix: readonly string[];
}

// The C locale and UTC, whatever the shell says, and none of its PG… variables.
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Who may run PostgreSQL here: the user of this process or, where that is root, `nobody`. Folders that `nobody` cannot enter (a clone
 * in root's home) are entered with the one capability that this takes, so that no file is copied and no permission changed.
 * @param folders absolute paths that PostgreSQL must be able to enter
 */
export function postgresIdentity(folders: readonly string[]): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = nobody();
  if (folders.every((folder) => canEnter(folder, uid, gid))) return { uid, gid, prefix: [] };
  const setpriv = findProgram('setpriv');
  if (setpriv === undefined) throw new EmbeddedPostgresError(ADVICE);
  // access(2), with which initdb looks for its programs, ignores the capabilities of ordinary users but for this bit.
  const capabilities = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return { uid, gid, prefix: [setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capabilities, '--'] };
}

const ADVICE =
  'PostgreSQL refuses to run as root, and the user "nobody" cannot enter this folder. Run the server as an ordinary user, or move it ' +
  'and DATA_DIR to a folder that everyone may enter, or install "setpriv" (util-linux), or set DATABASE_URL.';

/** Starts a PostgreSQL program as `identity`, without a shell. */
export function spawnAs(
  identity: Identity | undefined,
  program: string,
  args: readonly string[],
  options: { stdio: StdioOptions; detached?: boolean },
): ChildProcess {
  const common = { ...options, env: ENVIRONMENT, cwd: '/' };
  if (identity === undefined) return spawn(program, args, common);
  const [wrapper, ...rest] = identity.prefix;
  if (wrapper !== undefined) return spawn(wrapper, [...rest, program, ...args], common);
  return spawn(program, args, { ...common, uid: identity.uid, gid: identity.gid });
}

/** Makes `path` the property of `identity`. */
export function give(path: string, identity: Identity | undefined): void {
  if (identity !== undefined) chownSync(path, identity.uid, identity.gid);
}

function nobody(): { uid: number; gid: number } {
  const entry = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return { uid: Number(entry?.[1] ?? 65534), gid: Number(entry?.[2] ?? 65534) };
}

function canEnter(folder: string, uid: number, gid: number): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
  return (mode & bit) !== 0 && (dirname(folder) === folder || canEnter(dirname(folder), uid, gid));
}

function findProgram(name: string): string | undefined {
  return [...ENVIRONMENT.PATH.split(delimiter), '/usr/sbin', '/sbin']
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
