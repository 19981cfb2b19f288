import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
type Instantiable = EngineModule & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

const NAME = '@prisma/schema-engine-wasm/schema_engine_bg';

let loaded: Promise<EngineModule> | undefined;

/**
 * Prisma's own migration engine, which Prisma publishes as WebAssembly too: the same rows in `_prisma_migrations` as from its command
 * line, without a native program that would have to be downloaded. See ADR 0004.
 *
 * One instance per process: the module keeps its instance in a global, and timers that an engine has left behind would call the next.
 */
export function loadEngine(): Promise<EngineModule> {
  return (loaded ??= load());
}

async function load(): Promise<EngineModule> {
  // Where the engine leaves the message of a panic; without it, a panic hides what was wrong.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: throwPanic } });
  // The package's entry imports the .wasm file as a module, which Node does only under a flag: so it is instantiated here.
  const module = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Instantiable;
  const file = createRequire(import.meta.url)
    .resolve(NAME)
    .replace(/\.js$/, '.wasm');
  const imports = { './schema_engine_bg.js': withIdleTimers(module) };
  const { instance } = await WebAssembly.instantiate(readFileSync(file), imports);
  module.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return module;
}

function throwPanic(message: string): never {
  throw new Error(`Prisma's migration engine has failed: ${message}`);
}

/** The engine leaves its 10 s timer for the lock behind, which must not keep the process alive. */
function withIdleTimers(module: EngineModule): WebAssembly.ModuleImports {
  const imports = { ...module } as unknown as WebAssembly.ModuleImports;
  const setTimer = Object.keys(imports).find((name) => name.startsWith('__wbg_setTimeout_'));
  if (setTimer === undefined) return imports;
  return {
    ...imports,
    [setTimer]: (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref(),
  };
}
