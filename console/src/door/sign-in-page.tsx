import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, enter, read } from '../api/index.js';
import { Button, Form, Page, TextField, useAction } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';
import { DoorFrame } from './door-frame.js';
import { bodyOf, NO_PROOF, SignInFields } from './sign-in-fields.js';

/** Name, password and code; and what to do for whom they do not let in. */
export function SignInPage(): JSX.Element {
  const { door } = useMessages();
  const [login, setLogin] = useState('');
  const [proof, setProof] = useState(NO_PROOF);
  const signIn = useAction(async () => {
    try {
      enter(await read(api.POST('/admin/v1/session', { body: { login: login.trim(), ...bodyOf(proof) } })));
    } catch (problem) {
      // A code works once: the next attempt needs another, and the password may well be right.
      setProof({ ...proof, code: '' });
      throw problem;
    }
  });
  return (
    <DoorFrame>
      <Page title={door.signIn.title} keepFocus>
        <Form action={signIn}>
          <TextField
            label={door.signIn.login}
            hint={door.signIn.loginHint}
            value={login}
            onInput={setLogin}
            autocomplete="username"
            required
            maxLength={64}
          />
          <SignInFields proof={proof} onChange={setProof} codeNeeded={undefined} />
          <Button type="submit" kind="primary" size="wide" busy={signIn.busy}>
            {door.signIn.submit}
          </Button>
        </Form>
        <details>
          <summary>{door.signIn.help}</summary>
          <p class="soft">{door.signIn.helpText}</p>
        </details>
      </Page>
    </DoorFrame>
  );
}
