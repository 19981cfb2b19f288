import { useEffect, useRef, useState } from 'preact/hooks';

/** Something that is done when somebody asks for it, once at a time. */
export interface Action<A extends unknown[]> {
  readonly run: (...args: A) => Promise<void>;
  readonly busy: boolean;
  /** Why the last attempt failed. */
  readonly problem: unknown;
  readonly forget: () => void;
}

export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [state, setState] = useState<{ busy: boolean; problem: unknown }>({ busy: false, problem: undefined });
  const isRunning = useRef(false);
  const isGone = useRef(false);
  useEffect(() => () => void (isGone.current = true), []);
  const settle = (problem?: unknown): void => {
    isRunning.current = false;
    if (!isGone.current) setState({ busy: false, problem });
  };
  return {
    ...state,
    async run(...args) {
      if (isRunning.current) return;
      isRunning.current = true;
      setState({ busy: true, problem: undefined });
      await work(...args).then(() => settle(), settle);
    },
    forget: () => setState({ busy: false, problem: undefined }),
  };
}
