import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, currentSession, read } from '../../api/index.js';
import {
  Button,
  Dialog,
  Form,
  Loaded,
  ProblemNotice,
  TextField,
  useAction,
  useLoad,
} from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { OneTimeLink } from '../one-time-link.js';

/** What an invitation or a reset answers. */
interface Invited {
  readonly member: { readonly login: string };
  readonly link: { readonly url: string; readonly expiresAt: number };
}

/** Who runs the whole system. */
export function OperatorsCard(): JSX.Element {
  const words = useMessages().authorities.operators;
  const list = useLoad(async () => (await read(api.GET('/admin/v1/operators'))).members, 'operators');
  const [isInviting, invite] = useState(false);
  const [invited, show] = useState<Invited>();
  const change = useAction(async (memberId: string, disabled: boolean) => {
    await read(api.PATCH('/admin/v1/operators/{memberId}', { params: { path: { memberId } }, body: { disabled } }));
    list.reload();
  });
  const reset = useAction(async (memberId: string) => {
    show(await read(api.POST('/admin/v1/operators/{memberId}/reset', { params: { path: { memberId } } })));
    list.reload();
  });
  const done = (result: Invited): void => {
    invite(false);
    show(result);
    list.reload();
  };
  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{words.title}</h2>
        <Button onClick={() => invite(true)}>{words.invite}</Button>
      </div>
      <ProblemNotice problem={change.problem ?? reset.problem} />
      <Loaded of={list}>
        {(operators) => (
          <OperatorTable
            operators={operators}
            onChange={(id, disabled) => void change.run(id, disabled)}
            onReset={(id) => void reset.run(id)}
          />
        )}
      </Loaded>
      {isInviting && <InviteDialog onClose={() => invite(false)} onInvited={done} />}
      {invited && <OneTimeLink login={invited.member.login} link={invited.link} onClose={() => show(undefined)} />}
    </section>
  );
}

interface OperatorTableProps {
  readonly operators: readonly {
    readonly id: string;
    readonly login: string;
    readonly disabled: boolean;
    readonly state: 'invited' | 'active';
    readonly lastSeenOn: string | null;
  }[];
  readonly onChange: (memberId: string, disabled: boolean) => void;
  readonly onReset: (memberId: string) => void;
}

function OperatorTable({ operators, onChange, onReset }: OperatorTableProps): JSX.Element {
  const { authorities, parts } = useMessages();
  const words = authorities.operators;
  const formats = useFormats();
  const own = currentSession()?.member.id;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{words.login}</th>
          <th scope="col">{authorities.state}</th>
          <th scope="col">{words.seen}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {operators.map(({ id, login, disabled, state, lastSeenOn }) => (
          <tr key={id}>
            <td data-label={words.login}>{login}</td>
            <td data-label={authorities.state}>
              <span class={`tag ${disabled ? 'tag-danger' : state === 'active' ? 'tag-success' : 'tag-accent'}`}>
                {disabled ? authorities.disabled : words.states[state]}
              </span>
            </td>
            <td data-label={words.seen}>{lastSeenOn === null ? parts.never : formats.day(lastSeenOn)}</td>
            <td class="table-actions">
              {id === own ? (
                <span class="tag tag-accent">{words.you}</span>
              ) : (
                <span class="buttons buttons-end">
                  <Button size="small" label={words.resetLabel(login)} onClick={() => onReset(id)}>
                    {words.reset}
                  </Button>
                  <Button
                    size="small"
                    kind={disabled ? 'plain' : 'danger'}
                    label={disabled ? words.enableLabel(login) : words.disableLabel(login)}
                    onClick={() => onChange(id, !disabled)}
                  >
                    {disabled ? words.enable : words.disable}
                  </Button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface InviteDialogProps {
  readonly onClose: () => void;
  readonly onInvited: (invited: Invited) => void;
}

function InviteDialog({ onClose, onInvited }: InviteDialogProps): JSX.Element {
  const { authorities, parts } = useMessages();
  const words = authorities.operators;
  const [login, setLogin] = useState('');
  const invite = useAction(async () => onInvited(await read(api.POST('/admin/v1/operators', { body: { login } }))));
  return (
    <Dialog title={words.invite} onClose={onClose}>
      <Form action={invite}>
        <TextField
          label={words.login}
          hint={words.loginHint}
          value={login}
          onInput={setLogin}
          required
          maxLength={64}
          autocomplete="off"
        />
        <div class="buttons buttons-end">
          <Button onClick={onClose}>{parts.cancel}</Button>
          <Button kind="primary" type="submit" busy={invite.busy}>
            {words.invite}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
