import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Dialog, Form, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ApiKey } from './key-list.js';
import { QuotaField, quotaOf, textOfQuota } from './role-and-quota.js';

interface KeyDialogProps {
  readonly authorityId: string;
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const ONE = '/admin/v1/authorities/{authorityId}/api-keys/{apiKeyId}';

export function ChangeKeyDialog({ authorityId, apiKey, onClose, onDone }: KeyDialogProps): JSX.Element {
  const { parts } = useMessages();
  const [quota, setQuota] = useState(textOfQuota(apiKey.dailyQuota));
  const save = useAction(async () => {
    const params = { path: { authorityId, apiKeyId: apiKey.id } };
    await read(api.PATCH(ONE, { params, body: { dailyQuota: quotaOf(quota) } }));
    onDone();
  });
  return (
    <Dialog title={apiKey.label} onClose={onClose}>
      <Form action={save}>
        <QuotaField value={quota} onInput={setQuota} />
        <div class="buttons">
          <Button type="submit" kind="primary" busy={save.busy}>
            {parts.save}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

export function RevokeKeyDialog({ authorityId, apiKey, onClose, onDone }: KeyDialogProps): JSX.Element {
  const { parts, team } = useMessages();
  const revoke = useAction(async () => {
    await read(api.DELETE(ONE, { params: { path: { authorityId, apiKeyId: apiKey.id } } }));
    onDone();
  });
  return (
    <Dialog title={team.keys.revokeTitle(apiKey.label)} onClose={onClose}>
      <Form action={revoke}>
        <p>{team.keys.revokeText}</p>
        <div class="buttons">
          <Button type="submit" kind="danger" busy={revoke.busy}>
            {team.keys.revoke}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
