import type { JSX } from 'preact';
import { PasswordField } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';

/** OWASP ASVS 2.1.1; the server refuses shorter ones, too. */
const SHORTEST = 12;

/** A password that is being chosen, twice. */
export interface ChosenPassword {
  readonly password: string;
  readonly repeated: string;
}

export const NO_PASSWORD: ChosenPassword = { password: '', repeated: '' };

export function isChosen({ password, repeated }: ChosenPassword): boolean {
  return password.length >= SHORTEST && password === repeated;
}

interface NewPasswordProps {
  readonly label: string;
  readonly chosen: ChosenPassword;
  readonly onChange: (chosen: ChosenPassword) => void;
  /** Says what is wrong: not before somebody has tried to go on. */
  readonly judged: boolean;
}

export function NewPassword({ label, chosen, onChange, judged }: NewPasswordProps): JSX.Element {
  const { invitation } = useMessages().door;
  const { password, repeated } = chosen;
  return (
    <>
      <PasswordField
        label={label}
        hint={invitation.passwordLead}
        fault={judged && password.length < SHORTEST ? invitation.tooShort : undefined}
        value={password}
        onInput={(value) => onChange({ ...chosen, password: value })}
        autocomplete="new-password"
        required
      />
      <PasswordField
        label={invitation.repeat}
        fault={judged && password !== repeated ? invitation.differs : undefined}
        value={repeated}
        onInput={(value) => onChange({ ...chosen, repeated: value })}
        autocomplete="new-password"
        required
      />
    </>
  );
}
