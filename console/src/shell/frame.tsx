import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, leave, type Member, read } from '../api/index.js';
import iconUrl from '../design/icon.svg';
import { Button, Icon, useAction, useLoad } from '../design/parts/index.js';
import { useMessages } from '../i18n/index.js';
import { Link, redirect } from '../routing/index.js';
import { type View, viewsOf } from '../views/registry.js';
import { LanguageField } from './language-field.js';

interface FrameProps {
  readonly member: Member;
  readonly current: View | undefined;
  readonly children: ComponentChildren;
}

/** What is around every view of whoever is signed in: where one can go, who one is, the way out. */
export function Frame({ member, current, children }: FrameProps): JSX.Element {
  const messages = useMessages();
  const { frame, roles } = messages;
  const [isOpen, open] = useState(false);
  const signOut = useAction(signOutHere);
  return (
    <div class="frame">
      <a class="skip" href="#content">
        {frame.skip}
      </a>
      <header class="sidebar no-print">
        <div class="brand">
          <img src={iconUrl} alt="" width={32} height={32} />
          <span>
            CEN
            <AuthorityName member={member} />
          </span>
        </div>
        <button
          class="button button-quiet menu-button"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={() => open(!isOpen)}
        >
          <Icon name="menu" />
          {frame.menu}
        </button>
        <div class={`menu ${isOpen ? 'menu-open' : ''}`} id="menu">
          <nav aria-label={frame.navigation}>
            <ul class="navigation">
              {viewsOf(member.role).map((view) => (
                <li key={view.path}>
                  <Link to={view.path} current={view === current} onFollow={() => open(false)}>
                    <Icon name={view.icon} />
                    {view.title(messages)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div class="sidebar-foot">
            <p class="small">
              <span class="whoami">{member.login}</span>
              <br />
              <span class="soft">{roles[member.role]}</span>
            </p>
            <LanguageField />
            <Button busy={signOut.busy} onClick={() => void signOut.run()}>
              {frame.signOut}
            </Button>
          </div>
        </div>
      </header>
      <main class="content" id="content">
        {children}
      </main>
    </div>
  );
}

/** Whatever the server says, this browser shows nothing any more. */
async function signOutHere(): Promise<void> {
  await api.DELETE('/admin/v1/session').catch(() => undefined);
  redirect('/');
  leave();
}

/** Keeps its line while the name is on its way. */
function AuthorityName({ member: { authorityId } }: { readonly member: Member }): JSX.Element | null {
  const authority = useLoad(
    async () =>
      authorityId === null
        ? undefined
        : read(api.GET('/admin/v1/authorities/{authorityId}', { params: { path: { authorityId } } })),
    authorityId ?? '',
  );
  if (authorityId === null) return null;
  return <span class="brand-authority">{authority.data?.name ?? '\u00a0'}</span>;
}
