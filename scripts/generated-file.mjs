// What the generators of committed files share: write the file or, with --check, fail when it is not what they make.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param name path from the root of the project @param command what writes it */
export function writeOrCheck(name, text, command) {
  const path = join(import.meta.dirname, '..', name);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
    console.log(`Wrote ${name}.`);
    return;
  }
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (current === text) {
    console.log(`${name} is as generated.`);
    return;
  }
  const line = firstDifference(current.split('\n'), text.split('\n'));
  console.error(`${name} is stale from line ${line} on: run "${command}" and commit it.`);
  process.exitCode = 1;
}

function firstDifference(left, right) {
  return left.findIndex((line, index) => line !== right[index]) + 1 || left.length + 1;
}
