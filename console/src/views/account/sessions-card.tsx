import type { JSX } from 'preact';
import { api, leave, read, serverNow } from '../../api/index.js';
import { Button, Loaded, ProblemNotice, useAction, useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { redirect } from '../../routing/index.js';

export function SessionsCard(): JSX.Element {
  const { sessions: words } = useMessages().account;
  const formats = useFormats();
  const list = useLoad(() => read(api.GET('/admin/v1/sessions')), 'sessions');
  const end = useAction(async (sessionId: string) => {
    await read(api.DELETE('/admin/v1/sessions/{sessionId}', { params: { path: { sessionId } } }));
    list.reload();
  });
  const endAll = useAction(async () => {
    await read(api.DELETE('/admin/v1/sessions'));
    redirect('/');
    leave();
  });
  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{words.title}</h2>
        <Button kind="danger" busy={endAll.busy} onClick={() => void endAll.run()}>
          {words.everywhere}
        </Button>
      </div>
      <p class="soft">{words.text}</p>
      <ProblemNotice problem={end.problem ?? endAll.problem} />
      <Loaded of={list}>
        {({ sessions }) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{words.since}</th>
                <th scope="col">{words.seen}</th>
                <th scope="col">{words.ends}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <tr key={session.id}>
                  <td data-label={words.since}>{formats.dateTime(session.createdAt)}</td>
                  <td data-label={words.seen}>{formats.relative(session.lastSeenAt - serverNow())}</td>
                  <td data-label={words.ends}>{formats.time(session.expiresAt)}</td>
                  <td class="table-actions">
                    {session.current ? (
                      <span class="tag tag-accent">{words.current}</span>
                    ) : (
                      <Button
                        size="small"
                        label={words.endLabel(formats.dateTime(session.createdAt))}
                        onClick={() => void end.run(session.id)}
                      >
                        {words.end}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}
