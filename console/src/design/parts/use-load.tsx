import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../../i18n/index.js';
import { Button } from './button.js';
import { ProblemNotice } from './notice.js';
import { Skeleton } from './states.js';

/** Something that a view fetches: on its way, there, or not to be had. */
export interface Load<T> {
  /** What was fetched last; it stays while it is fetched again. */
  readonly data: T | undefined;
  readonly problem: unknown;
  readonly reload: () => void;
  /** Puts something else in its place without asking the server, after a change that answered it. */
  readonly replace: (data: T) => void;
}

/** Fetches when the view opens, and again whenever `key` changes. An answer that comes too late counts for nothing. */
export function useLoad<T>(fetchIt: () => Promise<T>, key: string): Load<T> {
  const [state, setState] = useState<{ data: T | undefined; problem: unknown }>({
    data: undefined,
    problem: undefined,
  });
  const turn = useRef(0);
  const start = useCallback((): void => {
    const mine = ++turn.current;
    fetchIt().then(
      (data) => mine === turn.current && setState({ data, problem: undefined }),
      (problem: unknown) => mine === turn.current && setState((before) => ({ ...before, problem })),
    );
  }, [key]);
  useEffect(() => {
    setState({ data: undefined, problem: undefined });
    start();
    return () => void turn.current++;
  }, [start]);
  const reload = useCallback((): void => {
    setState((before) => ({ ...before, problem: undefined }));
    start();
  }, [start]);
  const replace = useCallback((data: T): void => setState({ data, problem: undefined }), []);
  return { ...state, reload, replace };
}

interface LoadedProps<T> {
  readonly of: Load<T>;
  /** As large as what comes, so that nothing jumps. */
  readonly skeleton?: ComponentChildren;
  readonly children: (data: T) => ComponentChildren;
}

/** What was fetched; until then its skeleton, and when it failed, why and a way to try again. */
export function Loaded<T>({ of: { data, problem, reload }, skeleton, children }: LoadedProps<T>): JSX.Element {
  const { parts } = useMessages();
  const failure = problem !== undefined && (
    <ProblemNotice problem={problem}>
      <Button size="small" onClick={reload}>
        {parts.tryAgain}
      </Button>
    </ProblemNotice>
  );
  if (data === undefined) return <>{failure || (skeleton ?? <Skeleton lines={4} />)}</>;
  return (
    <>
      {failure}
      {children(data)}
    </>
  );
}
