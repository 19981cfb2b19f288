// npm run faults -- [program] [--rounds N | --slots N]: what survives kills, pauses and races. Without a program: all of them, few rounds each.
import { parseArgs } from 'node:util';

const PROGRAMS = ['kill-server', 'kill-postgres', 'two-servers'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, slots: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  await help();
  process.exit(0);
}
const chosen = positionals.length > 0 ? positionals : PROGRAMS;
const unknown = chosen.filter((name) => !PROGRAMS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no program ${unknown.join(', ')}.`);
  await help();
  process.exit(2);
}

let right = true;
for (const name of chosen) {
  const program = await import(`./${name}.mjs`);
  const count = Number(values[program.rounds.option] ?? program.rounds.few);
  if (!(Number.isInteger(count) && count > 0)) throw new Error(`--${program.rounds.option} is a whole number above 0`);
  console.log(`${name}: ${program.description} (--${program.rounds.option} ${count})`);
  right = (await program.run(count)) && right;
}
process.exit(right ? 0 : 1);

async function help() {
  console.log('npm run faults -- [program …] [--rounds N] [--slots N]\n');
  for (const name of PROGRAMS) {
    const { description, rounds } = await import(`./${name}.mjs`);
    console.log(`  ${name.padEnd(14)} ${description}; --${rounds.option}, ${rounds.few} unless given`);
  }
  console.log('\nWithout a program: all of them. Exits non-zero when anything was lost, doubled or out of order.');
}
