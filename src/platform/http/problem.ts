import type { DomainError, InputFault } from './domain-error.js';

/** What the table of problems says of one code (RFC 9457): status, title, the usual detail and what a caller can do. */
export interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

export type ProblemTable<Code extends string = string> = Readonly<Record<Code, ProblemDefinition>>;

/** An `application/problem+json` document (RFC 9457) as this server sends it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly InputFault[];
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Faults listed in one problem at most: enough to mend an integration, and small enough for equal answers. */
const MAX_LISTED_FAULTS = 8;

export function problemDocument(code: string, definition: ProblemDefinition, error?: DomainError): ProblemDocument {
  const document = {
    type: `/problems/${code}`,
    title: definition.title,
    status: definition.status,
    detail: error?.detail ?? definition.detail,
    code,
  };
  return error?.errors === undefined ? document : { ...document, errors: error.errors.slice(0, MAX_LISTED_FAULTS) };
}
