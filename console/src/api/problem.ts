/** A refusal of the server (RFC 9457), or none at all: then the code is `no-connection`. */
export class Problem extends Error {
  constructor(
    /** As in docs/problems.md. */
    readonly code: string,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
  }
}

interface ProblemDetails {
  /** English, for what no message knows. */
  readonly detail?: string | undefined;
  /** JSON pointers of the fields that are wrong, with what is. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** Thrown when somebody chose to sign out rather than to repeat a request: nobody needs to be told. */
export class Abandoned extends Error {}

/** The problem in an answer that is not 2xx. */
export function problemOf(body: unknown, response: Response): Problem {
  const { code, detail, errors } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly code?: string;
    readonly detail?: string;
    readonly errors?: ProblemDetails['errors'];
  };
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
  return new Problem(code ?? 'internal-error', {
    detail,
    errors,
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}
