import type { JSX } from 'preact';
import { CopyButton, QrCode, TextField } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';

interface TotpOfferProps {
  readonly uri: string;
  readonly secret: string;
  readonly code: string;
  readonly onCode: (code: string) => void;
}

/** The authenticator's secret as a picture and as text, and a field for the first code. */
export function TotpOffer({ uri, secret, code, onCode }: TotpOfferProps): JSX.Element {
  const { door } = useMessages();
  return (
    <>
      <div class="totp-offer">
        <QrCode text={uri} label={door.invitation.qr} />
        <div class="stack-tight">
          <p class="soft small">{door.invitation.byHand}</p>
          <code class="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <div>
            <CopyButton text={secret} size="small" />
          </div>
        </div>
      </div>
      <TextField
        label={door.invitation.codeLabel}
        value={code}
        onInput={onCode}
        autocomplete="one-time-code"
        inputMode="numeric"
        maxLength={8}
        required
        class="input-code"
      />
    </>
  );
}

/** What a person types between digits. */
export const digitsOf = (code: string): string => code.replace(/\D/g, '');
