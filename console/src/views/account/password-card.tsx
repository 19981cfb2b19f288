import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Form, Notice, useAction } from '../../design/parts/index.js';
import { isChosen, NewPassword, NO_PASSWORD } from '../../door/new-password.js';
import { useMessages } from '../../i18n/index.js';

export function PasswordCard({ login }: { readonly login: string }): JSX.Element {
  const { account, parts } = useMessages();
  const [state, setState] = useState<'closed' | 'open' | 'done'>('closed');
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const [isJudged, judge] = useState(false);
  const close = (to: 'closed' | 'done'): void => {
    setChosen(NO_PASSWORD);
    judge(false);
    setState(to);
  };
  const change = useAction(async () => {
    judge(true);
    if (!isChosen(chosen)) return;
    await read(api.PUT('/admin/v1/account/password', { body: { password: chosen.password } }));
    close('done');
  });
  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{account.password.title}</h2>
        {state !== 'open' && <Button onClick={() => setState('open')}>{account.password.action}</Button>}
      </div>
      {state === 'done' && <Notice kind="success">{account.password.done}</Notice>}
      {state === 'open' && (
        <Form action={change}>
          <p class="soft">{account.password.text}</p>
          <input type="hidden" autocomplete="username" value={login} />
          <NewPassword label={account.password.fresh} chosen={chosen} onChange={setChosen} judged={isJudged} />
          <div class="buttons">
            <Button type="submit" kind="primary" busy={change.busy}>
              {account.password.action}
            </Button>
            <Button kind="quiet" onClick={() => close('closed')}>
              {parts.cancel}
            </Button>
          </div>
        </Form>
      )}
    </section>
  );
}
