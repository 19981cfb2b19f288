import type { ComponentChildren, JSX } from 'preact';
import { useMessages } from '../../i18n/index.js';

interface SkeletonProps {
  readonly lines?: number;
  /** Of each line. */
  readonly height?: string;
}

/** Where something is on its way, as large as it will be. */
export function Skeleton({ lines = 1, height = '1.3rem' }: SkeletonProps): JSX.Element {
  const { parts } = useMessages();
  return (
    <div class="stack-tight" role="status">
      <span class="unseen">{parts.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="skeleton" style={{ height }} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Where there is nothing yet: why, and what to do. */
export function Empty({ title, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
