import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findViolations, SOURCE_RULES, tableOwners, type Violation } from './source-rules.js';

const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
    readonly totalCruised: number;
  };
}

/** Runs dependency-cruiser with the project's rules on a tree, as `npm run boundaries` does on the real one. */
async function cruise(root: string): Promise<Cruise['summary']> {
  const rules = join(ROOT, '.dependency-cruiser.mjs');
  const args = [CRUISER, 'src', 'client/src', '--config', rules, '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 64 << 20 });
  return (JSON.parse(stdout) as Cruise).summary;
}

function violationsOf(summary: Cruise['summary']): Violation[] {
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
}

/** What the fixtures say of themselves: `// breaks: rule, rule` in the first line. */
function declaredViolations(): Violation[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const rules = /^\/\/ breaks: (.+)$/m.exec(readFileSync(join(FIXTURES, file), 'utf8'))?.[1];
      return (rules?.split(', ') ?? []).map((rule) => ({ rule, file: file.replaceAll('\\', '/') }));
    });
}

function sorted(violations: readonly Violation[]): string[] {
  return [...new Set(violations.map(({ rule, file }) => `${rule}: ${file}`))].sort();
}

describe('the fences', () => {
  let bad: Cruise['summary'];

  beforeAll(async () => {
    bad = await cruise(FIXTURES);
  });

  test('catch each bad example by the rule that it names, and no good one', () => {
    expect(sorted([...violationsOf(bad), ...findViolations(FIXTURES)])).toEqual(sorted(declaredViolations()));
  });

  test('have a bad example each', () => {
    const rules = [...bad.ruleSetUsed.forbidden.map(({ name }) => name), ...SOURCE_RULES].sort();
    expect([...new Set(declaredViolations().map(({ rule }) => rule))].sort()).toEqual(rules);
  });

  test('hold around the real sources', async () => {
    const summary = await cruise(ROOT);
    expect(summary.totalCruised).toBeGreaterThan(200);
    expect(sorted([...violationsOf(summary), ...findViolations(ROOT)])).toEqual([]);
  });

  test('know the owner of every table', () => {
    const schema = readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8');
    const owners = tableOwners(schema);
    expect(owners.size).toBe(schema.match(/^model /gm)!.length);
    expect([...new Set(owners.values())].sort()).toEqual([
      'cens',
      'operations',
      'permissions',
      'platform',
      'regions',
      'staff',
    ]);
  });
});
