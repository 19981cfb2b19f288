import { createStore } from './store.js';

/** What a request waits for: signing in again, or password and code once more. */
type Question = 'sign-in' | 'confirm';

interface AskedQuestion {
  readonly question: Question;
  /** @param answered whether the request may be repeated */
  readonly settle: (answered: boolean) => void;
}

/** The question that lies over the page; undefined for none. */
export const gateStore = createStore<AskedQuestion | undefined>(undefined);

let pending: Promise<boolean> | undefined;

/**
 * Asks over whatever is on the screen, which stays as it is. Requests that need the same at once share one question.
 * @returns whether to repeat the request
 */
export function ask(question: Question): Promise<boolean> {
  if (pending !== undefined) return pending;
  pending = new Promise<boolean>((resolve) => gateStore.set({ question, settle: resolve })).finally(() => {
    pending = undefined;
    gateStore.set(undefined);
  });
  return pending;
}
