import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import {
  Button,
  Form,
  Notice,
  Page,
  ProblemNotice,
  SelectField,
  TextField,
  useAction,
} from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { QuotaLine } from './quota-line.js';
import { type FileKind, saveNumbers, type SentOrder } from './save-numbers.js';
import { minutesOf, useShownFor } from './use-shown-for.js';

const MOST = 1000;
const HOURS = ['6', '12', '24', '48', '72', '168'] as const;

type Validity = '' | (typeof HOURS)[number];

interface PlacedOrder {
  readonly sent: SentOrder;
  readonly order: string;
  readonly expiresAt: number;
}

interface BatchProps {
  readonly onLeave: () => void;
}

/** Many numbers at once, as sheets or as a list; they are never on the screen. */
export function Batch({ onLeave }: BatchProps): JSX.Element {
  const { mint } = useMessages();
  const [placed, setPlaced] = useState<PlacedOrder>();
  return (
    <Page
      title={mint.batch.title}
      lead={mint.batch.lead}
      actions={
        <Button kind="quiet" onClick={onLeave}>
          {mint.backToOne}
        </Button>
      }
    >
      {placed === undefined ? (
        <OrderForm onPlaced={setPlaced} />
      ) : (
        <Placed key={placed.order} placed={placed} onEnd={() => setPlaced(undefined)} />
      )}
    </Page>
  );
}

function OrderForm({ onPlaced }: { readonly onPlaced: (placed: PlacedOrder) => void }): JSX.Element {
  const { batch } = useMessages().mint;
  const [count, setCount] = useState('20');
  const [validity, setValidity] = useState<Validity>('');
  const requestId = useRef<string>(crypto.randomUUID());
  const place = useAction(async () => {
    const sent: SentOrder = {
      requestId: requestId.current,
      count: Number(count),
      ...(validity !== '' && { validityHours: Number(validity) }),
    };
    const { order, expiresAt } = await read(api.POST('/admin/v1/permission-numbers', { body: sent }));
    onPlaced({ sent, order, expiresAt });
  });
  /** Another order needs another id. */
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      requestId.current = crypto.randomUUID();
      set(value);
    };
  const name = (hours: number): string =>
    hours % 24 === 0 && hours > 24 ? batch.days(hours / 24) : batch.hours(hours);
  return (
    <section class="card reading">
      <Form action={place}>
        <div class="form-row">
          <TextField
            label={batch.count}
            hint={batch.countHint}
            type="number"
            value={count}
            onInput={change(setCount)}
            min={1}
            max={MOST}
            required
          />
          <SelectField<Validity>
            label={batch.validity}
            hint={'\u00a0'}
            value={validity}
            onChange={change(setValidity)}
            options={[
              { value: '', text: batch.standard },
              ...HOURS.map((value) => ({ value, text: name(Number(value)) })),
            ]}
          />
        </div>
        <QuotaLine />
        <div class="buttons">
          <Button type="submit" kind="primary" busy={place.busy}>
            {batch.submit}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Placed({ placed, onEnd }: { readonly placed: PlacedOrder; readonly onEnd: () => void }): JSX.Element {
  const { batch, hides, keep } = useMessages().mint;
  const { when } = useFormats();
  const [isRevoked, setRevoked] = useState(false);
  const { left, prolong } = useShownFor(onEnd);
  const save = useAction((kind: FileKind) => saveNumbers(placed.sent, kind));
  const revoke = useAction(async () => {
    await read(api.POST('/admin/v1/permission-numbers/revocations', { body: { order: placed.order } }));
    setRevoked(true);
  });
  return (
    <section class="card stack reading">
      <h2>{batch.done(placed.sent.count)}</h2>
      <ProblemNotice problem={save.problem ?? revoke.problem} />
      {isRevoked ? (
        <Notice kind="warning">{batch.revoked}</Notice>
      ) : (
        <>
          <p>{batch.doneText(when(placed.expiresAt))}</p>
          <div class="buttons">
            <Button kind="primary" icon="download" busy={save.busy} onClick={() => void save.run('application/pdf')}>
              {batch.sheets}
            </Button>
            <Button icon="download" busy={save.busy} onClick={() => void save.run('text/csv')}>
              {batch.list}
            </Button>
          </div>
          <p class="soft small">{batch.care}</p>
        </>
      )}
      <div class="buttons">
        <Button onClick={onEnd}>{batch.again}</Button>
        {!isRevoked && (
          <Button kind="danger" busy={revoke.busy} onClick={() => void revoke.run()}>
            {batch.revoke}
          </Button>
        )}
      </div>
      <p class="number-hides soft small">
        <span class="numeric">{hides(minutesOf(left))}</span>
        <Button kind="quiet" size="small" onClick={prolong}>
          {keep}
        </Button>
      </p>
    </section>
  );
}
