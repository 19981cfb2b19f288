import type { ComponentChildren, JSX, Ref } from 'preact';
import { Icon, type IconName } from './icon.js';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  readonly kind?: 'primary' | 'danger' | 'quiet' | 'plain';
  readonly size?: 'small' | 'wide';
  readonly type?: 'button' | 'submit';
  readonly icon?: IconName;
  /** Shows that it works; it keeps the focus, and does nothing more until it has ended. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** What it is about, for who does not see where it stands: "Disable nurse.west". */
  readonly label?: string;
  readonly class?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  onClick,
  kind = 'plain',
  size,
  type = 'button',
  icon,
  busy = false,
  disabled = false,
  label,
  class: extra,
  buttonRef,
}: ButtonProps): JSX.Element {
  const classes = ['button', `button-${kind}`, size && `button-${size}`, busy && 'button-busy', extra];
  const click = (event: MouseEvent): void => {
    if (busy) event.preventDefault();
    else onClick?.();
  };
  return (
    <button
      ref={buttonRef ?? null}
      type={type}
      class={classes.filter(Boolean).join(' ')}
      aria-disabled={busy}
      aria-label={label}
      disabled={disabled}
      onClick={click}
    >
      {icon && <Icon name={icon} size={20} />}
      <span class="button-label">{children}</span>
    </button>
  );
}
