import type { JSX } from 'preact';
import { Button, CopyButton, Dialog, QrCode } from '../design/parts/index.js';
import { useFormats, useMessages } from '../i18n/index.js';

interface OneTimeLinkProps {
  readonly login: string;
  readonly link: { readonly url: string; readonly expiresAt: number };
  readonly onClose: () => void;
}

/** The link with which somebody chooses a password: shown this once, and gone with the dialog. */
export function OneTimeLink({ login, link, onClose }: OneTimeLinkProps): JSX.Element {
  const { authorities, parts } = useMessages();
  const formats = useFormats();
  const words = authorities.link;
  return (
    <Dialog title={words.title(login)} onClose={onClose}>
      <div class="stack">
        <p>{words.text(formats.dateTime(link.expiresAt))}</p>
        <code class="secret">{link.url}</code>
        <QrCode text={link.url} label={words.qr} />
        <div class="buttons buttons-end">
          <CopyButton text={link.url} />
          <Button kind="primary" onClick={onClose}>
            {parts.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
