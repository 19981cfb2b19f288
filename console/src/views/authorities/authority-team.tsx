import type { JSX } from 'preact';
import { api, read } from '../../api/index.js';
import { Page, useLoad } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { Link } from '../../routing/index.js';
import { KeyList } from '../team/key-list.js';
import { MemberList } from '../team/member-list.js';

interface AuthorityTeamProps {
  readonly authorityId: string;
  readonly selfId: string;
}

/** An authority's members and keys, for operators: how it gets its first manager. */
export function AuthorityTeam({ authorityId, selfId }: AuthorityTeamProps): JSX.Element {
  const { authorities: words, team } = useMessages();
  const path = { authorityId };
  const authority = useLoad(
    () => read(api.GET('/admin/v1/authorities/{authorityId}', { params: { path } })),
    authorityId,
  );
  return (
    <Page
      title={authority.data?.name ?? team.title}
      lead={words.teamLead}
      actions={<Link to="/authorities">{words.back}</Link>}
    >
      <MemberList authorityId={authorityId} selfId={selfId} />
      <KeyList authorityId={authorityId} />
    </Page>
  );
}
