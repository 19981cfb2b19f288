import type { ComponentChildren, JSX, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useMessages } from '../../i18n/index.js';
import { Button } from './button.js';

interface FieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value. */
  readonly fault?: string | undefined;
}

interface Described extends FieldProps {
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ComponentChildren;
}

/** A label, a control, a hint and what is wrong, tied together for screen readers. */
export function Field({ label, hint, fault, children }: Described): JSX.Element {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, describedBy })}
      {fault && (
        <p class="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'password' | 'number' | 'date' | 'url';
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric';
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly placeholder?: string;
  readonly class?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The types of `input` are kept apart per kind; these kinds share all that is used here. */
const plain = (type: string): 'text' => type as 'text';

export function TextField({
  label,
  hint,
  fault,
  onInput,
  class: extra,
  inputRef,
  type = 'text',
  ...input
}: TextFieldProps): JSX.Element {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {({ id, describedBy }) => (
        <input
          {...input}
          type={plain(type)}
          ref={inputRef ?? null}
          id={id}
          class={`input ${extra ?? ''}`}
          aria-describedby={describedBy}
          aria-invalid={fault !== undefined}
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A password, which whoever types it may look at. */
export function PasswordField({ label, hint, fault, value, onInput, ...input }: TextFieldProps): JSX.Element {
  const [isShown, show] = useState(false);
  const { parts } = useMessages();
  return (
    <Field label={label} hint={hint} fault={fault}>
      {({ id, describedBy }) => (
        <div class="input-with-button">
          <input
            id={id}
            class="input"
            type={plain(isShown ? 'text' : 'password')}
            value={value}
            required={input.required}
            autocomplete={input.autocomplete}
            maxLength={1024}
            ref={input.inputRef ?? null}
            aria-describedby={describedBy}
            aria-invalid={fault !== undefined}
            autocapitalize="none"
            spellcheck={false}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <Button onClick={() => show(!isShown)} label={isShown ? parts.hidePassword : parts.showPassword}>
            {isShown ? parts.hide : parts.show}
          </Button>
        </div>
      )}
    </Field>
  );
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly text: string }[];
}

export function SelectField<T extends string>({
  label,
  hint,
  fault,
  value,
  onChange,
  options,
}: SelectFieldProps<T>): JSX.Element {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="input"
          value={value}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
