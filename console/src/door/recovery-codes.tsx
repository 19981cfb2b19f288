import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button, CopyButton } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** The codes for whoever loses the phone, this once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps): JSX.Element {
  const { door } = useMessages();
  const [isKept, setKept] = useState(false);
  return (
    <div class="stack">
      <p class="page-lead">{door.invitation.recoveryLead}</p>
      <ol class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="buttons no-print">
        <Button onClick={() => print()}>{door.invitation.print}</Button>
        <CopyButton text={codes.join('\n')} />
      </div>
      <label class="choice no-print">
        <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.currentTarget.checked)} />
        {door.invitation.kept}
      </label>
      <div class="buttons no-print">
        <Button kind="primary" disabled={!isKept} onClick={onKept}>
          {door.invitation.go}
        </Button>
      </div>
    </div>
  );
}
