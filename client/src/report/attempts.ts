import { DocumentError } from '../documents/document-error.js';
import { NetworkError } from '../http.js';

export interface RetryOptions {
  /** How often a request is sent while it is unknown whether it arrived. 5 by default. */
  readonly attempts?: number;
  /** The wait before the second attempt, doubled for each one after, less up to half at random. 1,000 by default. */
  readonly firstDelayMs?: number;
}

/** What came of it: an answer, or after all attempts the reason why there is none. */
export type Attempted<Answer> = { readonly answer: Answer } | { readonly cause: unknown };

/**
 * Calls `attempt` until it gives an answer. Undefined, a broken connection and an answer without an end are none. Throws what
 * else it throws, and the signal's reason when aborted.
 */
export async function untilAnswered<Answer>(
  attempt: () => Promise<Answer | undefined>,
  { attempts = 5, firstDelayMs = 1000 }: RetryOptions = {},
  signal?: AbortSignal,
): Promise<Attempted<Answer>> {
  let cause: unknown;
  for (let tried = 0; tried < attempts; tried++) {
    if (tried > 0) await pause(firstDelayMs * 2 ** (tried - 1) * (1 - Math.random() / 2), signal);
    try {
      const answer = await attempt();
      if (answer !== undefined) return { answer };
      cause = new Error('the server failed');
    } catch (error) {
      if (!(error instanceof NetworkError || error instanceof DocumentError)) throw error;
      cause = error;
    }
  }
  return { cause };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
