import { ConfigError } from './platform/config/index.js';
import { ClockStands, EmbeddedPostgresError, SchemaMismatch, UnsafeDatabase } from './platform/database/index.js';
import { DomainError } from './platform/http/index.js';
import { KeyRingError } from './platform/keys/index.js';
import { UsageError } from './usage-error.js';

/** Mistakes of whoever starts the server or types a command: told in a sentence, without a stack. */
const EXPLAINED = [
  ConfigError,
  EmbeddedPostgresError,
  SchemaMismatch,
  UnsafeDatabase,
  ClockStands,
  KeyRingError,
  UsageError,
];

/** Tells a person on the terminal what went wrong and, where it is known, what to do. */
export function explain(error: unknown): void {
  console.error(`\n${explanation(error)}\n`);
}

function explanation(error: unknown): unknown {
  if (EXPLAINED.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof DomainError)
    return [
      error.detail ?? error.code,
      ...(error.errors ?? []).map(({ pointer, detail }) => `  ${pointer} ${detail}`),
    ].join('\n');
  if (isPortInUse(error))
    return 'The port is in use. Stop what listens on it, or set PORT to another (0 takes a free one).';
  return error instanceof Error ? (error.stack ?? error.message) : error;
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
