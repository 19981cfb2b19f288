import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, Problem, read } from '../../api/index.js';
import { Button, Form, Notice, TextField, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';

const MISTYPED = new Set(['invalid-input', 'invalid-permission-number']);

/** One number by itself. The field is emptied as soon as it was sent: the number stays nowhere. */
export function RevokeNumber(): JSX.Element {
  const { orders } = useMessages();
  const words = orders.one;
  const [number, setNumber] = useState('');
  const [state, setState] = useState<'typing' | 'mistyped' | 'done'>('typing');
  const revoke = useAction(async () => {
    try {
      await read(api.POST('/admin/v1/permission-numbers/revocations', { body: { number } }));
      setNumber('');
      setState('done');
    } catch (problem) {
      if (!(problem instanceof Problem) || !MISTYPED.has(problem.code)) throw problem;
      setState('mistyped');
    }
  });
  return (
    <section class="card stack reading">
      <h2>{words.title}</h2>
      <p class="soft">{words.text}</p>
      <div role="status">{state === 'done' && <Notice kind="success">{words.done}</Notice>}</div>
      <Form action={revoke}>
        <TextField
          label={words.label}
          fault={state === 'mistyped' ? words.fault : undefined}
          value={number}
          onInput={(value) => {
            setNumber(value);
            setState('typing');
          }}
          inputMode="numeric"
          autocomplete="off"
          maxLength={32}
          required
          class="input-code"
        />
        <div class="buttons">
          <Button type="submit" kind="danger" busy={revoke.busy}>
            {orders.revoke}
          </Button>
        </div>
      </Form>
    </section>
  );
}
