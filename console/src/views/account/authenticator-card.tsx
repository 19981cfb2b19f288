import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, fetchSession, type Member, note, read } from '../../api/index.js';
import { Button, Dialog, Form, Notice, ProblemNotice, useAction } from '../../design/parts/index.js';
import { RecoveryCodes } from '../../door/recovery-codes.js';
import { digitsOf, TotpOffer } from '../../door/totp-offer.js';
import { useMessages } from '../../i18n/index.js';

type State =
  | { readonly kind: 'resting' }
  | { readonly kind: 'offered'; readonly uri: string; readonly secret: string; readonly offer: string }
  | { readonly kind: 'codes'; readonly codes: readonly string[]; readonly text: string }
  | { readonly kind: 'removing' }
  | { readonly kind: 'done'; readonly text: string };

/** The second factor: setting up, replacing, removing, and the codes for when it is lost. */
export function AuthenticatorCard({
  member,
}: {
  readonly member: Member & { recoveryCodesLeft: number };
}): JSX.Element {
  const { account, count, door, parts } = useMessages();
  const words = account.authenticator;
  const [state, setState] = useState<State>({ kind: 'resting' });
  const [code, setCode] = useState('');
  const rest = (): void => setState({ kind: 'resting' });
  const mayRemove = member.totp && (member.role === 'issuer' || member.role === 'auditor');

  const begin = useAction(async () => {
    const offered = await read(api.POST('/admin/v1/account/totp/offer'));
    setCode('');
    setState({ kind: 'offered', ...offered });
  });
  const set = useAction(async () => {
    if (state.kind !== 'offered') return;
    const body = { offer: state.offer, code: digitsOf(code) };
    const { recoveryCodes } = await read(api.PUT('/admin/v1/account/totp', { body }));
    setState({ kind: 'codes', codes: recoveryCodes, text: words.done });
    await refreshMember();
  });
  const renew = useAction(async () => {
    const { recoveryCodes } = await read(api.POST('/admin/v1/account/recovery-codes'));
    setState({ kind: 'codes', codes: recoveryCodes, text: account.recovery.renewText });
    await refreshMember();
  });
  const remove = useAction(async () => {
    await read(api.DELETE('/admin/v1/account/totp'));
    setState({ kind: 'done', text: words.removed });
    await refreshMember();
  });

  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{words.title}</h2>
        <span class={`tag ${member.totp ? 'tag-success' : 'tag-warning'}`}>{member.totp ? words.on : words.off}</span>
      </div>
      <ProblemNotice problem={begin.problem ?? renew.problem} />
      {state.kind === 'done' && <Notice kind="success">{state.text}</Notice>}
      {(state.kind === 'resting' || state.kind === 'done' || state.kind === 'removing') && (
        <>
          <p class="soft">
            {member.totp ? `${words.onText} ${count.codes(member.recoveryCodesLeft)}.` : words.offText}
          </p>
          <div class="buttons">
            <Button busy={begin.busy} kind={member.totp ? 'plain' : 'primary'} onClick={() => void begin.run()}>
              {member.totp ? words.replace : words.setUp}
            </Button>
            {member.totp && (
              <Button busy={renew.busy} onClick={() => void renew.run()}>
                {account.recovery.renew}
              </Button>
            )}
            {mayRemove && (
              <Button kind="danger" onClick={() => setState({ kind: 'removing' })}>
                {words.remove}
              </Button>
            )}
          </div>
        </>
      )}
      {state.kind === 'offered' && (
        <Form action={set}>
          <p class="soft">{door.invitation.authenticatorLead}</p>
          <TotpOffer uri={state.uri} secret={state.secret} code={code} onCode={setCode} />
          <div class="buttons">
            <Button type="submit" kind="primary" busy={set.busy}>
              {door.invitation.finish}
            </Button>
            <Button kind="quiet" onClick={rest}>
              {parts.cancel}
            </Button>
          </div>
        </Form>
      )}
      {state.kind === 'codes' && (
        <>
          <Notice kind="success">{state.text}</Notice>
          <RecoveryCodes codes={state.codes} onKept={rest} />
        </>
      )}
      {state.kind === 'removing' && (
        <Dialog title={words.removeTitle} onClose={rest}>
          <Form action={remove}>
            <p>{words.removeText}</p>
            <div class="buttons">
              <Button type="submit" kind="danger" busy={remove.busy}>
                {words.remove}
              </Button>
              <Button kind="quiet" onClick={rest}>
                {parts.cancel}
              </Button>
            </div>
          </Form>
        </Dialog>
      )}
    </section>
  );
}

/** Whether there is an authenticator, and how many codes are left, is part of the session's answer. */
async function refreshMember(): Promise<void> {
  const session = await fetchSession();
  if (session !== undefined) note(session);
}
