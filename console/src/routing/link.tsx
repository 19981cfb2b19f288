import type { ComponentChildren, JSX } from 'preact';
import { navigate, urlOf } from './location.js';

interface LinkProps {
  /** Inside the console, such as `/mint`. */
  readonly to: string;
  readonly class?: string;
  readonly current?: boolean;
  readonly onFollow?: () => void;
  readonly children: ComponentChildren;
}

/** A link inside the console. With a modifier key, or the middle button, it opens a tab as any other. */
export function Link({ to, current, onFollow, children, ...rest }: LinkProps): JSX.Element {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onFollow?.();
    navigate(to);
  };
  return (
    <a href={urlOf(to)} onClick={follow} aria-current={current ? 'page' : undefined} {...rest}>
      {children}
    </a>
  );
}
