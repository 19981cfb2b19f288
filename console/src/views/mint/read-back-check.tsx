import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Notice, TextField } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { compareReadBack, digitsIn, type ReadBack } from './permission-number.js';

/** Compares in this browser what the patient reads back; nothing of it is sent. */
export function ReadBackCheck({ number }: { readonly number: string }): JSX.Element {
  const { readBack } = useMessages().mint;
  const [heard, setHeard] = useState('');
  const verdict = compareReadBack(number, heard);
  return (
    <section class="card stack-tight">
      <h2>{readBack.title}</h2>
      <TextField
        label={readBack.label}
        hint={readBack.hint}
        value={groupsTyped(heard)}
        onInput={(text) => setHeard(digitsIn(text))}
        inputMode="numeric"
        autocomplete="off"
        maxLength={32}
        class="input-code"
      />
      <div class="read-back" role="status">
        <Verdict verdict={verdict} heard={heard} length={number.length} />
      </div>
    </section>
  );
}

/** Grouped as the number is, as soon as there is more than one group of it. */
const groupsTyped = (heard: string): string => (heard.length > 4 ? heard.replace(/(\d{4})(?=\d)/g, '$1 ') : heard);

interface VerdictProps {
  readonly verdict: ReadBack;
  readonly heard: string;
  readonly length: number;
}

function Verdict({ verdict, heard, length }: VerdictProps): JSX.Element | null {
  const { readBack } = useMessages().mint;
  const { list, number } = useFormats();
  if (verdict.kind === 'same') return <Notice kind="success">{readBack.same}</Notice>;
  if (verdict.wrong.length === 0) return null;
  const places = list(verdict.wrong.filter((place) => place <= length).map(number));
  const title = heard.length > length ? readBack.tooLong : readBack.wrong(places);
  if (verdict.kind === 'incomplete') return <Notice kind="danger" title={title} />;
  return (
    <Notice kind="danger" title={title}>
      {verdict.slip ? readBack.slip : readBack.other}
    </Notice>
  );
}
