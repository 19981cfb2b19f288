// The whole build: what the server runs from, and the type declarations of the client library, which checks its types.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { alone, build } from './build-steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await alone(async () => {
  await build();
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const declarations = spawnSync(process.execPath, [tsc, '-p', 'client', '--emitDeclarationOnly'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = declarations.status ?? 1;
});
