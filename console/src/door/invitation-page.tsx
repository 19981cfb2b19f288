import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, enter, Problem, read, type SessionDocument } from '../api/index.js';
import { Button, Form, Loaded, Notice, Page, ProblemNotice, useAction, useLoad } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';
import { redirect } from '../routing/index.js';
import { DoorFrame } from './door-frame.js';
import { isChosen, NewPassword, NO_PASSWORD } from './new-password.js';
import { RecoveryCodes } from './recovery-codes.js';
import { digitsOf, TotpOffer } from './totp-offer.js';

const STEPS = ['password', 'authenticator', 'recovery'] as const;

type Step = (typeof STEPS)[number];

/** The one-time link: its secret is behind the `#`, which a browser sends to no server. */
export function InvitationPage(): JSX.Element {
  const { door } = useMessages();
  const [token] = useState(() => location.hash.slice(1));
  const offer = useLoad(() => read(api.POST('/admin/v1/invitations/offer', { body: { token } })), token);
  return (
    <DoorFrame wide>
      {token === '' ? (
        <Page title={door.invitation.title}>
          <Notice kind="warning">{door.invitation.missing}</Notice>
        </Page>
      ) : (
        <Loaded of={offer}>{(invitation) => <SetUp token={token} invitation={invitation} />}</Loaded>
      )}
    </DoorFrame>
  );
}

interface Invitation {
  readonly login: string;
  readonly role: SessionDocument['member']['role'];
  readonly totpRequired: boolean;
  readonly totp: { readonly uri: string; readonly secret: string; readonly offer: string };
}

interface SetUpProps {
  readonly token: string;
  readonly invitation: Invitation;
}

function SetUp({ token, invitation: { login, role, totpRequired, totp } }: SetUpProps): JSX.Element {
  const { door, roles } = useMessages();
  const words = door.invitation;
  const [step, setStep] = useState<Step>('password');
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const [isJudged, judge] = useState(false);
  const [code, setCode] = useState('');
  const [accepted, setAccepted] = useState<SessionDocument & { recoveryCodes: string[] }>();

  const choose = useAction(async () => {
    judge(true);
    if (isChosen(chosen)) setStep('authenticator');
  });
  const accept = useAction(async (withTotp: boolean) => {
    const body = {
      token,
      password: chosen.password,
      ...(withTotp && { totp: { offer: totp.offer, code: digitsOf(code) } }),
    };
    try {
      const session = await read(api.POST('/admin/v1/invitations/acceptance', { body }));
      if (session.recoveryCodes.length === 0) return finish(session);
      setAccepted(session);
      setStep('recovery');
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'password-refused') setStep('password');
      throw problem;
    }
  });
  const withCode = { ...accept, run: () => accept.run(true) };
  const finish = (session: SessionDocument): void => {
    redirect('/');
    enter(session);
  };

  return (
    <Page title={words.title} lead={words.lead(login, roles[role])}>
      <ol class="steps no-print" aria-label={words.progress}>
        {STEPS.map((each) => (
          <li
            key={each}
            aria-current={each === step ? 'step' : undefined}
            class={STEPS.indexOf(each) < STEPS.indexOf(step) ? 'done' : ''}
          >
            {words.steps[each]}
          </li>
        ))}
      </ol>
      {step === 'password' && (
        <section class="card stack">
          <h2>{words.passwordTitle}</h2>
          <ProblemNotice problem={accept.problem} />
          <Form action={choose}>
            <input type="hidden" autocomplete="username" value={login} />
            <NewPassword label={door.signIn.password} chosen={chosen} onChange={setChosen} judged={isJudged} />
            <div class="buttons">
              <Button type="submit" kind="primary">
                {words.next}
              </Button>
            </div>
          </Form>
        </section>
      )}
      {step === 'authenticator' && (
        <section class="card stack">
          <h2>{words.authenticatorTitle}</h2>
          <p class="soft">{words.authenticatorLead}</p>
          <Form action={withCode}>
            <TotpOffer {...totp} code={code} onCode={setCode} />
            <div class="buttons">
              <Button type="submit" kind="primary" busy={accept.busy}>
                {words.finish}
              </Button>
              <Button onClick={() => setStep('password')}>{words.back}</Button>
              {!totpRequired && (
                <Button kind="quiet" onClick={() => void accept.run(false)}>
                  {words.skip}
                </Button>
              )}
            </div>
            {!totpRequired && <p class="soft small">{words.skipHint}</p>}
          </Form>
        </section>
      )}
      {step === 'recovery' && accepted && (
        <section class="card stack">
          <h2>{words.recoveryTitle}</h2>
          <RecoveryCodes codes={accepted.recoveryCodes} onKept={() => finish(accepted)} />
        </section>
      )}
    </Page>
  );
}
