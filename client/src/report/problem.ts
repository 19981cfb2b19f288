/** A problem that the server answered with (RFC 9457). */
export interface Problem {
  readonly status: number;
  /** Kebab-case and stable; `unknown` if the answer was no problem document. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** For bad input: where it is wrong. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What a server decided that did not do what it was asked for. */
export type Refusal =
  /** The number or token is wrong, used, expired or revoked: the server does not say which. */
  | { readonly status: 'refused'; readonly problem: Problem }
  /** Something else is wrong with the request. Nothing was spent; sent again after mending it, a report needs a new key. */
  | { readonly status: 'problem'; readonly problem: Problem; readonly retryAfterSeconds?: number };

/** Reads an answer of status 400 to 499. */
export function refusalOf(response: Response, body: string): Refusal {
  const problem = readProblem(response.status, body);
  if (response.status === 403 && problem.code !== 'unknown') return { status: 'refused', problem };
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return { status: 'problem', problem, ...(Number.isFinite(wait) && { retryAfterSeconds: wait }) };
}

/** Reads a problem document; anything else, as from a proxy in between, becomes a problem with the code `unknown`. */
function readProblem(status: number, body: string): Problem {
  const { code, title, detail, errors } = parse(body);
  return {
    status,
    code: typeof code === 'string' ? code : 'unknown',
    title: typeof title === 'string' ? title : `HTTP ${status}`,
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && { errors: errors.filter(isPointedAt) }),
  };
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isPointedAt(value: unknown): value is { pointer: string; detail: string } {
  const { pointer, detail } = (value ?? {}) as Record<string, unknown>;
  return typeof pointer === 'string' && typeof detail === 'string';
}
