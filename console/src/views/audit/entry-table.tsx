import type { JSX } from 'preact';
import { Button } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { AuditEntry } from './audit-chain.js';

interface EntryTableProps {
  readonly entries: readonly AuditEntry[];
  readonly onActor: (actorId: string) => void;
}

export function EntryTable({ entries, onActor }: EntryTableProps): JSX.Element {
  const { audit } = useMessages();
  const { dateTime } = useFormats();
  const actions: Readonly<Record<string, string>> = audit.actions;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{audit.when}</th>
          <th scope="col">{audit.action}</th>
          <th scope="col">{audit.who}</th>
          <th scope="col">{audit.details}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <td data-label={audit.when} class="when">
              {dateTime(entry.at)}
            </td>
            <td data-label={audit.action}>{actions[entry.action] ?? <code>{entry.action}</code>}</td>
            <td data-label={audit.who}>
              <Actor entry={entry} onActor={onActor} />
            </td>
            <td data-label={audit.details}>
              <Details details={entry.details} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whom the log knows by id alone: a click shows what else they did. */
function Actor({
  entry,
  onActor,
}: {
  readonly entry: AuditEntry;
  readonly onActor: (id: string) => void;
}): JSX.Element {
  const { audit, roles } = useMessages();
  const kinds: Readonly<Record<string, string>> = audit.kinds;
  const names: Readonly<Record<string, string>> = roles;
  const { actorId, actorKind, actorRole } = entry;
  const name = names[actorRole ?? ''] ?? kinds[actorKind] ?? actorKind;
  if (actorId === null) return <>{name}</>;
  const short = actorId.slice(0, 8);
  return (
    <span>
      {name}{' '}
      <Button kind="quiet" size="small" label={audit.onlyActor(`${name} ${short}`)} onClick={() => onActor(actorId)}>
        <code>{short}</code>
      </Button>
    </span>
  );
}

function Details({ details }: Pick<AuditEntry, 'details'>): JSX.Element {
  return (
    <span class="small soft">
      {Object.entries(details)
        .map(([name, value]) => `${name}: ${brief(value)}`)
        .join(', ')}
    </span>
  );
}

/** Ids by their first characters: enough to tell them apart. */
function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '$1');
}
