// Compiles a tree of TypeScript to JavaScript with swc, without a type check, so that it never disturbs a server that runs from
// the output: everything is compiled first, and then each file that differs is replaced by a rename.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const sources = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/(\.spec|\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

function replace(file, text) {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    // Not there yet.
  }
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}

/** Compiles every `.ts` below `from`, specs and declarations excepted, to `to`, and removes what has lost its source. */
export async function compile(from, to, swcrc) {
  const { transformFile } = await import('@swc/core');
  const compiled = await Promise.all(
    sources(from).map(async (file) => {
      const target = join(to, relative(from, file)).replace(/\.ts$/, '.js');
      const { code, map } = await transformFile(file, { swcrc: false, ...swcrc, outputPath: dirname(target) });
      return { target, code, map };
    }),
  );
  const kept = new Set();
  for (const { target, code, map } of compiled) {
    replace(`${target}.map`, map);
    replace(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
    kept.add(target).add(`${target}.map`);
  }
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.js(\.map)?$/.test(file) && !kept.has(file)) rmSync(file);
  }
}
