import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchSession, type Member, note, sessionStore, useStore } from './api/index.js';
import { Button, Page, ProblemNotice, Skeleton } from './design/parts/index.js';
import { DoorFrame } from './door/door-frame.js';
import { Gate } from './door/gate.js';
import { InvitationPage } from './door/invitation-page.js';
import { SignInPage } from './door/sign-in-page.js';
import { useMessages } from './i18n/index.js';
import { navigate, pathStore, redirect } from './routing/index.js';
import { Frame } from './shell/frame.js';
import { type View, type ViewProps, viewsOf } from './views/registry.js';

/** The door, or a view in its frame: by where one is, and who. */
export function App(): JSX.Element {
  const path = useStore(pathStore);
  const state = useStore(sessionStore);
  if (path === '/invitation') return <InvitationPage />;
  switch (state.kind) {
    case 'unknown':
      return <Arrival />;
    case 'signed-out':
      return <SignInPage />;
    case 'signed-in':
      return (
        <>
          <Inside key={state.session.member.id} member={state.session.member} path={path} />
          <Gate />
        </>
      );
  }
}

/** Asks the server who is signed in. */
function Arrival(): JSX.Element {
  const { parts } = useMessages();
  const [problem, setProblem] = useState<unknown>();
  const arrive = (): void => {
    setProblem(undefined);
    fetchSession().then(
      (session) => (session === undefined ? sessionStore.set({ kind: 'signed-out' }) : note(session)),
      setProblem,
    );
  };
  useEffect(arrive, []);
  return (
    <DoorFrame>
      {problem === undefined ? (
        <Skeleton lines={5} height="2.9rem" />
      ) : (
        <ProblemNotice problem={problem}>
          <Button onClick={arrive}>{parts.tryAgain}</Button>
        </ProblemNotice>
      )}
    </DoorFrame>
  );
}

function Inside({ member, path }: { readonly member: Member; readonly path: string }): JSX.Element {
  const [first, ...rest] = path.split('/').filter((segment) => segment !== '');
  const views = viewsOf(member.role);
  const view = first === undefined ? views[0] : views.find((each) => each.path === `/${first}`);
  useEffect(() => {
    if (first === undefined && view !== undefined) redirect(view.path);
  }, [first]);
  return (
    <Frame member={member} current={view}>
      {view === undefined ? <NotFound /> : <Opened key={view.path} view={view} member={member} rest={rest} />}
    </Frame>
  );
}

/** A view whose code may still be on its way. */
function Opened({ view, ...props }: ViewProps & { readonly view: View }): JSX.Element {
  const messages = useMessages();
  const [loaded, setLoaded] = useState<{ readonly component: ComponentType<ViewProps> }>();
  const [problem, setProblem] = useState<unknown>();
  const load = (): void => {
    setProblem(undefined);
    view.load().then((component) => setLoaded({ component }), setProblem);
  };
  useEffect(load, []);
  if (loaded !== undefined) return <loaded.component {...props} />;
  return (
    <Page title={view.title(messages)}>
      {problem === undefined ? (
        <Skeleton lines={6} height="2.4rem" />
      ) : (
        <ProblemNotice problem={problem}>
          <Button onClick={() => location.reload()}>{messages.parts.tryAgain}</Button>
        </ProblemNotice>
      )}
    </Page>
  );
}

/** Also for what the role may not see: whether there is such a page is not told. */
function NotFound(): JSX.Element {
  const { frame } = useMessages();
  return (
    <Page title={frame.notFound} lead={frame.notFoundLead}>
      <div>
        <Button onClick={() => navigate('/')}>{frame.goHome}</Button>
      </div>
    </Page>
  );
}
