import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { AuditChain, AuditHead, type ChainVerdict, signedHead } from '../staff/index.js';
import { UsageError } from '../usage-error.js';
import { withApplication } from './context.js';
import { print } from './output.js';

const FAULTS: Readonly<Record<(ChainVerdict & { intact: false })['fault'], string>> = {
  altered: 'is not what was written',
  missing: 'is missing',
  inserted: 'does not follow the one before it: one of the two was put in or replaced',
  rewritten: 'contradicts an exported head: the log was written anew',
};

interface Json {
  readonly json?: boolean;
}

/** `cen audit …`: proving the log, and exporting what proves it later. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('The audit log')
    .addCommand(
      new Command('verify')
        .description('Recompute the whole chain; exits 1 where it is broken')
        .option('--head <file...>', 'heads that were exported earlier: show what the chain alone cannot')
        .option('--json', 'print one JSON document')
        .action(verify),
    )
    .addCommand(
      new Command('head')
        .description('Print the last link of the log, signed, to be kept elsewhere')
        .option('--json', 'print one JSON document')
        .action(head),
    );
}

async function verify(options: Json & { readonly head?: string[] }): Promise<void> {
  await withApplication(async ({ app }) => {
    const heads = app.get(AuditHead);
    const exported = (options.head ?? []).map((file) => {
      const known = heads.read(readHead(file));
      if (known === undefined) throw new UsageError(`${file} was not signed by this deployment.`);
      return known;
    });
    const verdict = await app.get(AuditChain).verify(exported);
    if (!verdict.intact) process.exitCode = 1;
    print(toJson(verdict), options, [inWords(verdict)]);
  });
}

async function head(options: Json): Promise<void> {
  await withApplication(async ({ app }) => {
    const signed = await app.get(AuditHead).sign();
    print(signed, options, [JSON.stringify(signed, undefined, 2)]);
  });
}

function readHead(file: string): ReturnType<typeof signedHead.parse> {
  try {
    return signedHead.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new UsageError(`${file} is not an exported head: cen audit head --json > FILE makes one.`);
  }
}

function toJson(verdict: ChainVerdict): object {
  if (!verdict.intact) return verdict;
  return { intact: true, entries: verdict.head.seq, hash: verdict.head.hash.toString('hex') };
}

function inWords(verdict: ChainVerdict): string {
  if (!verdict.intact) return `BROKEN: entry ${verdict.seq} ${FAULTS[verdict.fault]}.`;
  return `${verdict.head.seq} entries, each as it was written. Head ${verdict.head.hash.toString('hex')}`;
}
