import type { JSX } from 'preact';
import { currentSession, sessionStore, useStore } from '../../api/index.js';
import { Page } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { AuthenticatorCard } from './authenticator-card.js';
import { PasswordCard } from './password-card.js';
import { SessionsCard } from './sessions-card.js';

/** A member's own password, authenticator and sessions. */
export function AccountView({ member: atFirst }: ViewProps): JSX.Element {
  const { account, roles } = useMessages();
  useStore(sessionStore);
  const member = currentSession()?.member ?? atFirst;
  return (
    <Page title={account.title} lead={account.lead(member.login, roles[member.role])}>
      <PasswordCard login={member.login} />
      <AuthenticatorCard member={member} />
      <SessionsCard />
    </Page>
  );
}
