import { Command, Option } from 'commander';
import { environment, loadConfig } from '../platform/config/index.js';
import {
  initKeyRing,
  type KeyName,
  keyRingPath,
  KeyRotation,
  openKeyRing,
  type Purpose,
  PURPOSES,
} from '../platform/keys/index.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

interface Json {
  readonly json?: boolean;
}

/** `cen keys …`: the key ring. Only `rotate` needs the database: it asks which keys are still named there. */
export function keysCommand(): Command {
  const json = () => new Option('--json', 'print one JSON document');
  return new Command('keys')
    .description('Look at, make and rotate the keys outside the database')
    .addCommand(
      new Command('root')
        .description('Public half of the root key, which apps ship with')
        .addOption(json())
        .action(root),
    )
    .addCommand(new Command('list').description('Every key with its age; no secret').addOption(json()).action(list))
    .addCommand(
      new Command('init').description('Write a first key ring where there is none').addOption(json()).action(init),
    )
    .addCommand(
      new Command('rotate')
        .description('Make the keys that are due, destroy retired ones that nothing names any more')
        .requiredOption('--due', 'what is due by age')
        .addOption(
          new Option('--replace <purpose...>', 'also replace these now: a key was lost or stolen').choices(PURPOSES),
        )
        .addOption(json())
        .action(rotate),
    );
}

function root(options: Json): void {
  const key = openKeyRing(loadConfig(environment())).rootPublicKey();
  print({ rootKey: key }, options, [key]);
}

function list(options: Json): void {
  const keys = openKeyRing(loadConfig(environment()))
    .list()
    .map(({ publicKey: _, ...key }) => key);
  const lines = keys.map(({ purpose, id, activeFrom, retiredAt }) => {
    const until = retiredAt === undefined ? '' : `, until ${formatTime(retiredAt)}`;
    return `${purpose.padEnd(14)} ${id}  from ${formatTime(activeFrom)}${until}`;
  });
  print({ keys }, options, lines);
}

function init(options: Json): void {
  const path = keyRingPath(loadConfig(environment()));
  initKeyRing(path);
  print({ keyring: path }, options, [`Wrote ${path}. Keep a copy where the database's backups are not.`]);
}

async function rotate(options: Json & { readonly replace?: Purpose[] }): Promise<void> {
  await withApplication(async ({ app }) => {
    const report = await app.get(KeyRotation).rotate(options.replace);
    const lines = Object.entries(report).flatMap(([what, keys]) =>
      (keys as KeyName[]).map(({ purpose, id }) => `${what.padEnd(10)} ${purpose} ${id}`),
    );
    print(report, options, lines.length > 0 ? lines : ['Nothing is due.']);
  });
}
