import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { InputFault } from './domain-error.js';
import { PlatformError } from './platform-errors.js';

/** The issues of a schema as faults with RFC 6901 pointers. */
export function faultsOf(issues: readonly StandardSchemaV1.Issue[]): InputFault[] {
  return issues.map((issue) => ({ pointer: pointerOf(issue.path ?? []), detail: issue.message }));
}

/** The refusal that the validation pipe throws for input that its schema does not allow. */
export function invalidInput(issues: readonly StandardSchemaV1.Issue[]): PlatformError {
  return new PlatformError('invalid-input', { errors: faultsOf(issues) });
}

function pointerOf(path: NonNullable<StandardSchemaV1.Issue['path']>): string {
  return path
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
