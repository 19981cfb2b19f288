import type { JSX } from 'preact';
import { Page } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { KeyList } from './key-list.js';
import { MemberList } from './member-list.js';

/** A manager's people, and the systems that mint without people. */
export function TeamView({ member }: ViewProps): JSX.Element {
  const { team } = useMessages();
  const authorityId = member.authorityId ?? '';
  return (
    <Page title={team.title} lead={team.lead}>
      <MemberList authorityId={authorityId} selfId={member.id} />
      <KeyList authorityId={authorityId} />
    </Page>
  );
}
