import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Dialog, Form, TextField, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { HandedLink } from './member-dialog.js';
import { type AuthorityRole, QuotaField, quotaOf, RoleField } from './role-and-quota.js';

interface InviteDialogProps {
  readonly authorityId: string;
  readonly onClose: () => void;
  readonly onDone: (link: HandedLink) => void;
}

export function InviteDialog({ authorityId, onClose, onDone }: InviteDialogProps): JSX.Element {
  const { parts, team } = useMessages();
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<AuthorityRole>('issuer');
  const [quota, setQuota] = useState('');
  const invite = useAction(async () => {
    const body = { login: login.trim().toLowerCase(), role, dailyQuota: quotaOf(quota) };
    const invited = await read(
      api.POST('/admin/v1/authorities/{authorityId}/members', { params: { path: { authorityId } }, body }),
    );
    onDone({ link: invited.link, login: invited.member.login });
  });
  return (
    <Dialog title={team.invite} onClose={onClose}>
      <Form action={invite}>
        <TextField
          label={team.login}
          hint={team.loginHint}
          value={login}
          onInput={setLogin}
          autocomplete="off"
          maxLength={64}
          required
        />
        <RoleField value={role} onChange={setRole} />
        {role === 'issuer' && <QuotaField value={quota} onInput={setQuota} />}
        <div class="buttons">
          <Button type="submit" kind="primary" busy={invite.busy}>
            {team.invite}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
