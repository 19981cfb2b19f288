import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Member, read } from '../../api/index.js';
import {
  Button,
  Empty,
  Loaded,
  Page,
  ProblemNotice,
  SelectField,
  TextField,
  useAction,
  useLoad,
} from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import type { AuditEntry } from './audit-chain.js';
import { EntryTable } from './entry-table.js';
import { VerifyCard } from './verify-card.js';

const PAGE = 50;
const DAY = 86_400;

interface Filter {
  readonly action: string;
  readonly from: string;
  readonly until: string;
  readonly actorId: string;
}

const NOTHING: Filter = { action: '', from: '', until: '', actorId: '' };

interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
}

/** The log: an operator's whole system, an auditor's authority. */
export function AuditView({ member }: ViewProps): JSX.Element {
  const { audit, parts } = useMessages();
  const [filter, setFilter] = useState(NOTHING);
  const list = useLoad(() => fetchPage(member, filter), JSON.stringify(filter));
  const more = useAction(async () => {
    const shown = list.data;
    if (shown === undefined || shown.next === null) return;
    const page = await fetchPage(member, filter, shown.next);
    list.replace({ entries: [...shown.entries, ...page.entries], next: page.next });
  });
  return (
    <Page title={audit.title} lead={audit.lead}>
      <VerifyCard whole={member.role === 'operator'} />
      <section class="card stack">
        <FilterFields filter={filter} onChange={setFilter} />
        <Loaded of={list}>
          {({ entries, next }) => (
            <>
              {entries.length === 0 ? (
                <Empty title={audit.empty}>{audit.emptyText}</Empty>
              ) : (
                <EntryTable entries={entries} onActor={(actorId) => setFilter({ ...filter, actorId })} />
              )}
              <ProblemNotice problem={more.problem} />
              {next !== null && (
                <Button busy={more.busy} onClick={() => void more.run()}>
                  {parts.more}
                </Button>
              )}
            </>
          )}
        </Loaded>
      </section>
    </Page>
  );
}

interface FilterFieldsProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

function FilterFields({ filter, onChange }: FilterFieldsProps): JSX.Element {
  const { audit } = useMessages();
  const options = Object.entries(audit.actions).map(([value, text]) => ({ value, text }));
  return (
    <div class="stack-tight">
      <div class="form-row">
        <SelectField
          label={audit.action}
          value={filter.action}
          onChange={(action) => onChange({ ...filter, action })}
          options={[{ value: '', text: audit.any }, ...options]}
        />
        <TextField
          label={audit.from}
          type="date"
          value={filter.from}
          onInput={(from) => onChange({ ...filter, from })}
        />
        <TextField
          label={audit.until}
          type="date"
          value={filter.until}
          onInput={(until) => onChange({ ...filter, until })}
        />
      </div>
      {filter !== NOTHING && (
        <div class="buttons">
          {filter.actorId !== '' && <span class="tag tag-accent">{audit.onlyActor(filter.actorId.slice(0, 8))}</span>}
          <Button kind="quiet" size="small" onClick={() => onChange(NOTHING)}>
            {audit.clear}
          </Button>
        </div>
      )}
    </div>
  );
}

async function fetchPage({ role, authorityId }: Member, filter: Filter, before?: number): Promise<AuditPage> {
  const query = {
    limit: PAGE,
    ...(before !== undefined && { before }),
    ...(filter.action !== '' && { action: filter.action }),
    ...(filter.actorId !== '' && { actorId: filter.actorId }),
    ...(filter.from !== '' && { from: midnight(filter.from) }),
    ...(filter.until !== '' && { until: midnight(filter.until) + DAY }),
  };
  if (role === 'operator' || authorityId === null) return read(api.GET('/admin/v1/audit', { params: { query } }));
  return read(api.GET('/admin/v1/authorities/{authorityId}/audit', { params: { path: { authorityId }, query } }));
}

/** Unix seconds at which a day begins, here. */
const midnight = (day: string): number => new Date(`${day}T00:00`).getTime() / 1000;
