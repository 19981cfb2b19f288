// node test/mutations/mutate-reports.mjs [--rounds 10000] [--seed 1]
// Sends mutated reports to the real application on a real PostgreSQL, and prints what was tried and what came of it.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const { status } = spawnSync('npx', ['jest', 'test/mutations/report-mutations.spec.ts'], {
  stdio: 'inherit',
  env: { ...process.env, REPORT_MUTATION_ROUNDS: values.rounds, REPORT_MUTATION_SEED: values.seed },
});
process.exit(status ?? 1);
