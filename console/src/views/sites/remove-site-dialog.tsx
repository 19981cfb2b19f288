import type { JSX } from 'preact';
import { Button, Dialog, Form, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { removeSite, type Site } from './upload-sites.js';

interface RemoveSiteDialogProps {
  readonly site: Site;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveSiteDialog({ site, onClose, onRemoved }: RemoveSiteDialogProps): JSX.Element {
  const { sites: words, parts } = useMessages();
  const remove = useAction(async () => {
    await removeSite(site);
    onRemoved();
  });
  return (
    <Dialog title={words.removeLabel(site.name)} onClose={onClose}>
      <Form action={remove}>
        <p>{words.removeText}</p>
        <div class="buttons buttons-end">
          <Button onClick={onClose}>{parts.cancel}</Button>
          <Button kind="danger" type="submit" busy={remove.busy}>
            {words.remove}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
