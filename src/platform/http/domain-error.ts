/** One mistake in the input: where (RFC 6901 JSON pointer, or a header or parameter name) and what to change. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}

export interface DomainErrorOptions {
  /** What is wrong with this request and what to change; shown to the caller. Never holds a credential. */
  readonly detail?: string;
  readonly errors?: readonly InputFault[];
  /** Headers that the answer must carry, such as `WWW-Authenticate` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a module throws when it refuses: a code of the module's own union. The status and the problem document
 * belong to the application's one table of problems, not to the module.
 */
export abstract class DomainError<Code extends string = string> extends Error {
  readonly detail: string | undefined;
  readonly errors: readonly InputFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: Code,
    options: DomainErrorOptions = {},
  ) {
    super(code);
    this.name = new.target.name;
    this.detail = options.detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}
