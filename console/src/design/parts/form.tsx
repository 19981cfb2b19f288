import type { ComponentChildren, JSX } from 'preact';
import type { Action } from './use-action.js';
import { ProblemNotice } from './notice.js';

interface FormProps {
  readonly action: Action<[]>;
  readonly children: ComponentChildren;
  readonly class?: string;
}

/** Runs an action when it is sent, by button or Enter, and says above its fields what went wrong. */
export function Form({ action, children, class: extra }: FormProps): JSX.Element {
  const submit = (event: Event): void => {
    event.preventDefault();
    void action.run();
  };
  return (
    <form class={`form ${extra ?? ''}`} onSubmit={submit}>
      <ProblemNotice problem={action.problem} />
      {children}
    </form>
  );
}
