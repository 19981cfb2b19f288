// Builds the console into dist, with each file also as brotli and gzip beside it. A process of its own: Vite reads NODE_ENV,
// which a test or a start has set to something else. Silent unless something is wrong.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const folder = import.meta.dirname;

await build({ root: folder, configFile: join(folder, 'vite.config.mjs'), logLevel: 'warn' });

for (const entry of readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
}
