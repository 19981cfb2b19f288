import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Asked for with Escape; without it, the dialog stays until it is answered. */
  readonly onClose?: (() => void) | undefined;
  /** Hides what lies below altogether. */
  readonly opaque?: boolean;
}

/** A question over the page, which can neither be clicked nor read meanwhile. The browser keeps the focus inside and gives it back. */
export function Dialog({ title, children, onClose, opaque = false }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog ref={dialog} class={`dialog ${opaque ? 'dialog-opaque' : ''}`} aria-labelledby={id} onCancel={cancel}>
      <h2 class="dialog-title" id={id}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
