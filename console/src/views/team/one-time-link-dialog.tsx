import type { JSX } from 'preact';
import { Button, CopyButton, Dialog } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';

/** A one-time link on its way from a manager to a member. */
export interface HandedLink {
  readonly login: string;
  readonly url: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

interface OneTimeLinkDialogProps {
  readonly link: HandedLink;
  readonly onClose: () => void;
}

/** Does not close by Escape: what is shown once should not go by a slip. */
export function OneTimeLinkDialog({ link: { login, url, expiresAt }, onClose }: OneTimeLinkDialogProps): JSX.Element {
  const { link } = useMessages().team;
  const { dateTime } = useFormats();
  return (
    <Dialog title={link.title(login)}>
      <div class="stack">
        <p>{link.text}</p>
        <code class="secret">{url}</code>
        <p class="soft">{link.until(dateTime(expiresAt))}</p>
        <div class="buttons">
          <CopyButton text={url} />
          <Button kind="primary" onClick={onClose}>
            {link.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
