import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Member, read } from '../../api/index.js';
import { Button, Loaded, useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { OneTimeLink } from '../one-time-link.js';
import { InviteDialog } from './invite-dialog.js';
import { type HandedLink, MemberDialog } from './member-dialog.js';

type Open =
  | { readonly kind: 'invite' }
  | { readonly kind: 'change'; readonly member: Member }
  | { readonly kind: 'link'; readonly link: HandedLink };

interface MemberListProps {
  readonly authorityId: string;
  /** Who looks: nobody changes their own role. */
  readonly selfId: string;
}

/** An authority's members, and what a manager or an operator does about them. */
export function MemberList({ authorityId, selfId }: MemberListProps): JSX.Element {
  const { team } = useMessages();
  const [open, setOpen] = useState<Open>();
  const list = useLoad(
    () => read(api.GET('/admin/v1/authorities/{authorityId}/members', { params: { path: { authorityId } } })),
    authorityId,
  );
  const close = (): void => setOpen(undefined);
  const done = (link?: HandedLink): void => {
    list.reload();
    setOpen(link && { kind: 'link', link });
  };
  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{team.members}</h2>
        <Button kind="primary" onClick={() => setOpen({ kind: 'invite' })}>
          {team.invite}
        </Button>
      </div>
      <Loaded of={list}>
        {({ members }) => (
          <MemberTable members={members} selfId={selfId} onChange={(member) => setOpen({ kind: 'change', member })} />
        )}
      </Loaded>
      {open?.kind === 'invite' && <InviteDialog authorityId={authorityId} onClose={close} onDone={done} />}
      {open?.kind === 'change' && (
        <MemberDialog authorityId={authorityId} member={open.member} onClose={close} onDone={done} />
      )}
      {open?.kind === 'link' && <OneTimeLink {...open.link} onClose={close} />}
    </section>
  );
}

interface MemberTableProps {
  readonly members: readonly Member[];
  readonly selfId: string;
  readonly onChange: (member: Member) => void;
}

function MemberTable({ members, selfId, onChange }: MemberTableProps): JSX.Element {
  const { parts, roles, team } = useMessages();
  const { day, number } = useFormats();
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{team.login}</th>
          <th scope="col">{team.role}</th>
          <th scope="col">{team.state}</th>
          <th scope="col">{team.authenticator}</th>
          <th scope="col" class="numeric">
            {team.quota}
          </th>
          <th scope="col">{team.lastSeen}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.id}>
            <td>
              <strong>{member.login}</strong>
            </td>
            <td data-label={team.role}>{roles[member.role]}</td>
            <td data-label={team.state}>
              <StateTag {...member} />
            </td>
            <td data-label={team.authenticator}>{member.totp ? team.yes : team.no}</td>
            <td class="numeric" data-label={team.quota}>
              {member.dailyQuota === null ? <span class="soft">{team.noQuota}</span> : number(member.dailyQuota)}
            </td>
            <td data-label={team.lastSeen}>{member.lastSeenOn === null ? parts.never : day(member.lastSeenOn)}</td>
            <td class="table-actions">
              {member.id === selfId ? (
                <span class="tag tag-accent">{team.you}</span>
              ) : (
                <Button size="small" label={team.changeLabel(member.login)} onClick={() => onChange(member)}>
                  {team.change}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StateTag({ state, disabled }: Pick<Member, 'state' | 'disabled'>): JSX.Element {
  const { states } = useMessages().team;
  if (disabled) return <span class="tag tag-danger">{states.disabled}</span>;
  if (state === 'invited') return <span class="tag tag-warning">{states.invited}</span>;
  return <span class="tag tag-success">{states.active}</span>;
}
