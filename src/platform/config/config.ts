import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { productionFaults } from './production.js';
import { SECRET_SETTINGS, settings, type Settings } from './settings.js';

type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<Camel<Tail>>}`
  : Lowercase<Name>;

type CamelSettings = { readonly [Name in keyof Settings as Camel<Name>]: Settings[Name] };

/** The parsed configuration: each setting under its name in camel case, with what follows from several of them. */
export type Config = Omit<CamelSettings, 'publicUrl' | 'migrateAtStart' | 'nodeEnv'> & {
  readonly publicUrl: string;
  readonly migrateAtStart: boolean;
  readonly production: boolean;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every mistake of the environment at once; names settings and bounds, never a value. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length} mistake(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Parses the environment into a {@link Config}.
 * @throws {ConfigError} that lists every mistake, without printing a value
 */
export function loadConfig(environment: Environment): Config {
  const faults: string[] = [];
  const filled = withSecretsFromFiles(withoutEmpty(environment), faults);
  const parsed = settings.safeParse(filled);
  if (parsed.success) faults.push(...rulesBroken(parsed.data));
  else faults.push(...faultsAround(filled, parsed.error.issues));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return toConfig(parsed.data);
}

function rulesBroken(parsed: Settings): string[] {
  return [...contradictions(parsed), ...productionFaults(parsed)];
}

/** The faults of single settings, and those of the others: what is faulty is taken as unset for these. */
function faultsAround(environment: Environment, issues: readonly z.core.$ZodIssue[]): string[] {
  const faulty = new Set(issues.map(({ path }) => String(path[0])));
  const sound = Object.fromEntries(Object.entries(environment).filter(([name]) => !faulty.has(name)));
  const others = rulesBroken(settings.parse(sound)).filter((fault) => !faulty.has(fault.split(':', 1)[0]));
  return [...issues.map(({ path, message }) => `${path.join('.')}: ${message}`), ...others];
}

function toConfig(parsed: Settings): Config {
  const production = parsed.NODE_ENV === 'production';
  const camel = Object.fromEntries(Object.entries(parsed).map(([name, value]) => [camelCase(name), value]));
  return {
    ...(camel as unknown as CamelSettings),
    publicUrl: parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`,
    migrateAtStart: parsed.MIGRATE_AT_START ?? !production,
    production,
  };
}

function contradictions(parsed: Settings): string[] {
  const faults: string[] = [];
  if (parsed.REPORT_KIND === 'preimage' && parsed.CEN_SHAPE === 'uuid4') {
    faults.push('CEN_SHAPE: uuid4 cannot go with REPORT_KIND=preimage, whose CENs are cut from a hash');
  }
  if (parsed.DATABASE_OWNER_URL !== undefined && parsed.DATABASE_URL === undefined) {
    faults.push('DATABASE_OWNER_URL: needs DATABASE_URL beside it');
  }
  if (parsed.MAX_REPORT_CENS > parsed.SEAL_MAX_CENS) {
    faults.push('SEAL_MAX_CENS: must be at least MAX_REPORT_CENS, or a large report could never be sealed');
  }
  if (parsed.FAILED_ATTEMPTS_TIGHTENING > parsed.FAILED_ATTEMPTS_BURST) {
    faults.push(
      'FAILED_ATTEMPTS_TIGHTENING: must be at most FAILED_ATTEMPTS_BURST, or an attack would shut everybody out',
    );
  }
  return faults;
}

/** An empty variable is an unset one, as `docker compose` and shells pass them. */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function withSecretsFromFiles(environment: Environment, faults: string[]): Environment {
  const filled: Record<string, string | undefined> = { ...environment };
  for (const name of SECRET_SETTINGS) {
    const file = environment[`${name}_FILE`];
    if (file === undefined) continue;
    if (environment[name] === undefined) filled[name] = readSecret(`${name}_FILE`, file, faults);
    else faults.push(`${name}: set it or ${name}_FILE, not both`);
  }
  return filled;
}

function readSecret(name: string, file: string, faults: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    faults.push(`${name}: the file cannot be read`);
    return undefined;
  }
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
