import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, currentSession, enter, gateStore, leave, Problem, read, useStore } from '../api/index.js';
import { Button, Dialog, Form, useAction } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';
import { redirect } from '../routing/index.js';
import { bodyOf, NO_PROOF, SignInFields } from './sign-in-fields.js';

/** What lies over the page while a request waits for somebody to sign in again, or to confirm. The page below keeps all that was entered. */
export function Gate(): JSX.Element | null {
  const asked = useStore(gateStore);
  const session = currentSession();
  if (asked === undefined || session === undefined) return null;
  return asked.question === 'sign-in' ? (
    <SignInAgain {...session.member} settle={asked.settle} />
  ) : (
    <Confirm {...session.member} settle={asked.settle} />
  );
}

interface GateProps {
  readonly login: string;
  readonly totp: boolean;
  readonly settle: (answered: boolean) => void;
}

/** For the same member: nobody else may send what is on the page. */
function SignInAgain({ login, totp, settle }: GateProps): JSX.Element {
  const { door } = useMessages();
  const [proof, setProof] = useState(NO_PROOF);
  const signIn = useAction(async () => {
    enter(await read(api.POST('/admin/v1/session', { body: { login, ...bodyOf(proof) } })));
    settle(true);
  });
  const leaveForGood = (): void => {
    settle(false);
    leave();
    redirect('/');
  };
  return (
    <Dialog title={door.again.title} opaque>
      <Form action={signIn}>
        <p>{door.again.lead}</p>
        <p class="tag tag-accent">{door.again.as(login)}</p>
        <SignInFields proof={proof} onChange={setProof} codeNeeded={totp} />
        <div class="buttons">
          <Button type="submit" kind="primary" busy={signIn.busy}>
            {door.again.submit}
          </Button>
          <Button kind="quiet" onClick={leaveForGood}>
            {door.again.someoneElse}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Confirm({ login, totp, settle }: GateProps): JSX.Element {
  const { door, parts } = useMessages();
  const [proof, setProof] = useState(NO_PROOF);
  const confirm = useAction(async () => {
    try {
      await read(api.POST('/admin/v1/session/confirmation', { body: bodyOf(proof) }));
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'sign-in-required') throw problem;
      // The session has ended meanwhile. The same proof opens a new one, which is confirmed, too.
      enter(await read(api.POST('/admin/v1/session', { body: { login, ...bodyOf(proof) } })));
    }
    settle(true);
  });
  return (
    <Dialog title={door.confirm.title} onClose={() => settle(false)}>
      <Form action={confirm}>
        <p>{door.confirm.lead}</p>
        <SignInFields proof={proof} onChange={setProof} codeNeeded={totp} />
        <div class="buttons">
          <Button type="submit" kind="primary" busy={confirm.busy}>
            {door.confirm.submit}
          </Button>
          <Button kind="quiet" onClick={() => settle(false)}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
