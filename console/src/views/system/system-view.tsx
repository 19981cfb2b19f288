import type { JSX } from 'preact';
import { api, read } from '../../api/index.js';
import { Button, Loaded, Page, useLoad } from '../../design/parts/index.js';
import { type Formats, useFormats, useMessages } from '../../i18n/index.js';
import { Alerts } from './alerts.js';
import { KeyTable } from './key-table.js';
import { ReplicaTable } from './replica-table.js';
import type { SystemMessages } from './messages/en.js';
import type { SystemState } from './system-state.js';
import './system.css';

/** What an operator looks at first, and when woken: alerts with what to do, and how sealing, retention, keys and replicas stand. */
export function SystemView(): JSX.Element {
  const { system } = useMessages();
  const formats = useFormats();
  const state = useLoad(() => read(api.GET('/admin/v1/system')), 'system');
  const { data } = state;
  return (
    <Page
      title={system.title}
      lead={data && system.asOf(formats.dateTime(data.serverTime), data.version)}
      actions={<Button onClick={state.reload}>{system.refresh}</Button>}
    >
      <Loaded of={state}>
        {(loaded) => (
          <>
            <Alerts alerts={loaded.alerts} now={loaded.serverTime} />
            <div class="facts">
              <Sealing state={loaded} />
              <Retention state={loaded} />
            </div>
            <ReplicaTable replicas={loaded.replicas} now={loaded.serverTime} />
            <KeyTable keys={loaded.keys} now={loaded.serverTime} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Sealing({ state: { sealing, serverTime, slotSeconds } }: { readonly state: SystemState }): JSX.Element {
  const words = useMessages().system.sealing;
  const formats = useFormats();
  const { lastSealedAt, lastSlot, nextDueAt, overdue, heldSince } = sealing;
  return (
    <section class="card stack-tight">
      <div class="section-head">
        <h2>{words.title}</h2>
        <span class={`tag ${overdue ? 'tag-danger' : 'tag-success'}`}>{overdue ? words.overdue : words.onTime}</span>
      </div>
      <dl class="fact-list">
        <Fact
          name={words.last}
          value={lastSealedAt === null ? words.never : formats.relative(lastSealedAt - serverTime)}
        />
        <Fact name={words.slot} value={lastSlot === null ? words.never : formats.dateTime(lastSlot)} />
        <Fact name={words.length} value={formats.duration(slotSeconds)} />
        <Fact name={words.next} value={formats.relative(nextDueAt - serverTime)} />
        <Fact name={words.pending} value={foundAtLastSealing(sealing, words, formats)} />
        {heldSince !== null && <Fact name={words.held} value={formats.relative(heldSince - serverTime)} />}
      </dl>
    </section>
  );
}

type Sealed = SystemState['sealing'];

function foundAtLastSealing(
  { lastSlot, pendingAtLastSealing }: Sealed,
  words: SystemMessages['sealing'],
  formats: Formats,
): string {
  if (lastSlot === null) return words.never;
  return pendingAtLastSealing === null ? words.fewPending : formats.number(pendingAtLastSealing);
}

function Retention({ state: { retention, database } }: { readonly state: SystemState }): JSX.Element {
  const words = useMessages().system.retention;
  const formats = useFormats();
  return (
    <section class="card stack-tight">
      <h2>{words.title}</h2>
      <dl class="fact-list">
        <Fact name={words.days} value={words.daysValue(retention.days)} />
        <Fact
          name={words.oldest}
          value={retention.oldestDay === null ? words.none : formats.day(retention.oldestDay)}
        />
        {retention.oldestDay !== null && <Fact name={words.drop} value={formats.dateTime(retention.nextDropAt)} />}
        <Fact name={words.database} value={formats.bytes(database.bytes)} />
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="numeric">{value}</dd>
    </div>
  );
}
