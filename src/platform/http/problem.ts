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

/** Faults listed in one problem at most: enough to mend an integration. */
const MAX_LISTED_FAULTS = 8;
/** Characters of each text of a fault: it may repeat a name from the input, such as that of an unknown member. */
const MAX_FAULT_CHARACTERS = 150;
/** Bytes of all listed faults as JSON: an equal answer has room for them whatever the input was. */
const MAX_FAULTS_BYTES = 2048;

export function problemDocument(code: string, definition: ProblemDefinition, error?: DomainError): ProblemDocument {
  const document = {
    type: `/problems/${code}`,
    title: definition.title,
    status: definition.status,
    detail: error?.detail ?? definition.detail,
    code,
  };
  return error?.errors === undefined ? document : { ...document, errors: listedFaults(error.errors) };
}

function listedFaults(faults: readonly InputFault[]): InputFault[] {
  const listed: InputFault[] = [];
  for (const { pointer, detail } of faults.slice(0, MAX_LISTED_FAULTS)) {
    const fault = { pointer: shortened(pointer), detail: shortened(detail) };
    if (Buffer.byteLength(JSON.stringify([...listed, fault])) > MAX_FAULTS_BYTES) break;
    listed.push(fault);
  }
  return listed;
}

function shortened(text: string): string {
  return text.length <= MAX_FAULT_CHARACTERS ? text : `${text.slice(0, MAX_FAULT_CHARACTERS - 1)}…`;
}
