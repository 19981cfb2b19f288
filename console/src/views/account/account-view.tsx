import type { JSX } from 'preact';
import { currentSession, sessionStore, useStore } from '../../api/index.js';
import { Page } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { AuthenticatorCard } from './authenticator-card.js';
import { PasswordCard } from './password-card.js';
import { SessionsCard } from './sessions-card.js';

/** A member's own password, authenticator and sessions. */
export function AccountView(): JSX.Element | null {
  const { account, roles } = useMessages();
  useStore(sessionStore);
  const member = currentSession()?.member;
  if (member === undefined) return null;
  return (
    <Page title={account.title} lead={account.lead(member.login, roles[member.role])}>
      <PasswordCard login={member.login} />
      <AuthenticatorCard member={member} />
      <SessionsCard />
    </Page>
  );
}
