import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PageProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Buttons that concern the whole page. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Something on the page takes the focus itself. */
  readonly keepFocus?: boolean;
}

/** A view's title and what is below. Opening it moves the focus to the title, so that a screen reader says where one is. */
export function Page({ title, lead, actions, children, keepFocus = false }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · CEN`;
  }, [title]);
  useEffect(() => {
    if (!keepFocus) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="page-lead">{lead}</p>}
        </div>
        {actions && <div class="buttons">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
