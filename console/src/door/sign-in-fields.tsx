import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button, PasswordField, TextField } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';

/** What somebody types to show who they are. */
export interface Proof {
  readonly password: string;
  readonly code: string;
}

export const NO_PROOF: Proof = { password: '', code: '' };

/** For the API: no code rather than an empty one. */
export function bodyOf({ password, code }: Proof): { password: string; code?: string } {
  const bare = code.trim();
  return bare === '' ? { password } : { password, code: bare };
}

interface SignInFieldsProps {
  readonly proof: Proof;
  readonly onChange: (proof: Proof) => void;
  /** Whether a code will be asked; unknown before one has signed in. */
  readonly codeNeeded: boolean | undefined;
}

/** Password, and the code of an authenticator or one for recovery. */
export function SignInFields({ proof, onChange, codeNeeded }: SignInFieldsProps): JSX.Element {
  const { door } = useMessages();
  const [isRecovery, setRecovery] = useState(false);
  const [isCapsLocked, setCapsLocked] = useState(false);
  const watchCapsLock = (event: KeyboardEvent): void => setCapsLocked(event.getModifierState('CapsLock'));
  const swap = (): void => {
    setRecovery(!isRecovery);
    onChange({ ...proof, code: '' });
  };
  return (
    <>
      <div onKeyUp={watchCapsLock}>
        <PasswordField
          label={door.signIn.password}
          hint={isCapsLocked ? door.signIn.capsLock : undefined}
          value={proof.password}
          onInput={(password) => onChange({ ...proof, password })}
          autocomplete="current-password"
          required
        />
      </div>
      {codeNeeded !== false && (
        <div class="stack-tight">
          <TextField
            label={isRecovery ? door.signIn.recoveryCode : door.signIn.code}
            hint={codeNeeded === undefined && !isRecovery ? door.signIn.codeHint : undefined}
            value={proof.code}
            onInput={(code) => onChange({ ...proof, code })}
            autocomplete="one-time-code"
            inputMode={isRecovery ? 'text' : 'numeric'}
            maxLength={isRecovery ? 32 : 8}
            required={codeNeeded === true}
            class="input-code"
          />
          <div>
            <Button kind="quiet" size="small" onClick={swap}>
              {isRecovery ? door.signIn.useCode : door.signIn.useRecovery}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
