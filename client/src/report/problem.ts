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

/** Reads a problem document; anything else, as from a proxy in between, becomes a problem with the code `unknown`. */
export function readProblem(status: number, body: string): Problem {
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
