import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read, serverNow } from '../../api/index.js';
import { Button, Empty, Loaded, useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { ChangeKeyDialog, RevokeKeyDialog } from './key-dialogs.js';
import { NewKeyDialog } from './new-key-dialog.js';

/** An API key as the list has it, without the key. */
export interface ApiKey {
  readonly id: string;
  readonly label: string;
  readonly sourceRanges: readonly string[];
  readonly dailyQuota: number | null;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly lastUsedOn: string | null;
}

type Open = { readonly kind: 'create' } | { readonly kind: 'change' | 'revoke'; readonly apiKey: ApiKey };

export function KeyList({ authorityId }: { readonly authorityId: string }): JSX.Element {
  const { keys } = useMessages().team;
  const [open, setOpen] = useState<Open>();
  const list = useLoad(
    () => read(api.GET('/admin/v1/authorities/{authorityId}/api-keys', { params: { path: { authorityId } } })),
    authorityId,
  );
  const close = (): void => setOpen(undefined);
  const done = (): void => {
    close();
    list.reload();
  };
  return (
    <section class="card stack">
      <div class="section-head">
        <div>
          <h2>{keys.title}</h2>
          <p class="soft">{keys.lead}</p>
        </div>
        <Button onClick={() => setOpen({ kind: 'create' })}>{keys.create}</Button>
      </div>
      <Loaded of={list}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <Empty title={keys.empty}>{keys.emptyText}</Empty>
          ) : (
            <KeyTable apiKeys={apiKeys} onOpen={setOpen} />
          )
        }
      </Loaded>
      {open?.kind === 'create' && <NewKeyDialog authorityId={authorityId} onMade={list.reload} onClose={close} />}
      {open?.kind === 'change' && (
        <ChangeKeyDialog authorityId={authorityId} apiKey={open.apiKey} onClose={close} onDone={done} />
      )}
      {open?.kind === 'revoke' && (
        <RevokeKeyDialog authorityId={authorityId} apiKey={open.apiKey} onClose={close} onDone={done} />
      )}
    </section>
  );
}

interface KeyTableProps {
  readonly apiKeys: readonly ApiKey[];
  readonly onOpen: (open: Open) => void;
}

function KeyTable({ apiKeys, onOpen }: KeyTableProps): JSX.Element {
  const { parts, team } = useMessages();
  const { dateTime, day, list, number } = useFormats();
  const { keys } = team;
  const isLive = (key: ApiKey): boolean => key.revokedAt === null && key.expiresAt > serverNow();
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{keys.label}</th>
          <th scope="col">{keys.ranges}</th>
          <th scope="col" class="numeric">
            {team.quota}
          </th>
          <th scope="col">{keys.expires}</th>
          <th scope="col">{keys.lastUsed}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {apiKeys.map((key) => (
          <tr key={key.id}>
            <td>
              <strong>{key.label}</strong>
            </td>
            <td data-label={keys.ranges}>{key.sourceRanges.length === 0 ? keys.anywhere : list(key.sourceRanges)}</td>
            <td class="numeric" data-label={team.quota}>
              {key.dailyQuota === null ? <span class="soft">{team.noQuota}</span> : number(key.dailyQuota)}
            </td>
            <td data-label={keys.expires}>
              {key.revokedAt !== null ? (
                <span class="tag tag-danger">{keys.revoked}</span>
              ) : isLive(key) ? (
                dateTime(key.expiresAt)
              ) : (
                <span class="tag">{keys.expired}</span>
              )}
            </td>
            <td data-label={keys.lastUsed}>{key.lastUsedOn === null ? parts.never : day(key.lastUsedOn)}</td>
            <td class="table-actions">
              {isLive(key) && (
                <span class="buttons buttons-end">
                  <Button
                    size="small"
                    label={keys.changeLabel(key.label)}
                    onClick={() => onOpen({ kind: 'change', apiKey: key })}
                  >
                    {team.change}
                  </Button>
                  <Button
                    size="small"
                    kind="danger"
                    label={keys.revokeLabel(key.label)}
                    onClick={() => onOpen({ kind: 'revoke', apiKey: key })}
                  >
                    {keys.revoke}
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
