import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Member, read } from '../../api/index.js';
import { Button, Dialog, Form, ProblemNotice, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { type AuthorityRole, QuotaField, quotaOf, RoleField, textOfQuota } from './role-and-quota.js';

/** A one-time link on its way from a manager to a member. */
export interface HandedLink {
  readonly login: string;
  readonly link: { readonly url: string; readonly expiresAt: number };
}

interface MemberDialogProps {
  readonly authorityId: string;
  readonly member: Member;
  readonly onClose: () => void;
  readonly onDone: (link?: HandedLink) => void;
}

type MemberChange = Partial<Pick<Member, 'dailyQuota' | 'disabled'>> & { role?: AuthorityRole };

/** Role and quota; and, apart, what shuts a member out. */
export function MemberDialog({ authorityId, member, onClose, onDone }: MemberDialogProps): JSX.Element {
  const { parts, team } = useMessages();
  const [role, setRole] = useState(member.role as AuthorityRole);
  const [quota, setQuota] = useState(textOfQuota(member.dailyQuota));
  const path = { authorityId, memberId: member.id };
  const change = async (body: MemberChange): Promise<void> => {
    await read(api.PATCH('/admin/v1/authorities/{authorityId}/members/{memberId}', { params: { path }, body }));
    onDone();
  };
  const save = useAction(() =>
    change({
      ...(role !== member.role && { role }),
      ...(quotaOf(quota) !== member.dailyQuota && { dailyQuota: quotaOf(quota) }),
    }),
  );
  const disable = useAction(() => change({ disabled: !member.disabled }));
  const reset = useAction(async () => {
    const { link } = await read(
      api.POST('/admin/v1/authorities/{authorityId}/members/{memberId}/reset', { params: { path } }),
    );
    onDone({ link, login: member.login });
  });
  return (
    <Dialog title={member.login} onClose={onClose}>
      <div class="stack">
        <Form action={save}>
          <RoleField value={role} onChange={setRole} />
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
        <hr class="rule" />
        <ProblemNotice problem={disable.problem ?? reset.problem} />
        <div class="stack-tight">
          <p class="soft small">{team.disableText}</p>
          <div>
            <Button kind={member.disabled ? 'plain' : 'danger'} busy={disable.busy} onClick={() => void disable.run()}>
              {member.disabled ? team.enable : team.disable}
            </Button>
          </div>
        </div>
        <div class="stack-tight">
          <p class="soft small">{team.resetText}</p>
          <div>
            <Button kind="danger" busy={reset.busy} onClick={() => void reset.run()}>
              {team.reset}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
