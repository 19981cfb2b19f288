import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, CopyButton, Dialog, Field, Form, TextField, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { QuotaField, quotaOf } from './role-and-quota.js';

interface NewKeyDialogProps {
  readonly authorityId: string;
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** Makes a key, and shows it this once. */
export function NewKeyDialog({ authorityId, onMade, onClose }: NewKeyDialogProps): JSX.Element {
  const { parts, team } = useMessages();
  const { keys } = team;
  const [label, setLabel] = useState('');
  const [ranges, setRanges] = useState('');
  const [quota, setQuota] = useState('');
  const [days, setDays] = useState('365');
  const [text, setText] = useState<string>();
  const make = useAction(async () => {
    const body = {
      label: label.trim(),
      sourceRanges: ranges.split(/[\s,;]+/).filter((range) => range !== ''),
      dailyQuota: quotaOf(quota),
      validityDays: Number(days),
    };
    const made = await read(
      api.POST('/admin/v1/authorities/{authorityId}/api-keys', { params: { path: { authorityId } }, body }),
    );
    setText(made.text);
    onMade();
  });
  if (text !== undefined)
    return (
      <Dialog key="made" title={keys.shownTitle}>
        <div class="stack">
          <p>{keys.shownText}</p>
          <code class="secret">{text}</code>
          <div class="buttons">
            <CopyButton text={text} />
            <Button kind="primary" onClick={onClose}>
              {keys.done}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog key="making" title={keys.create} onClose={onClose}>
      <Form action={make}>
        <TextField
          label={keys.label}
          hint={keys.labelHint}
          value={label}
          onInput={setLabel}
          autocomplete="off"
          maxLength={100}
          required
        />
        <Field label={keys.ranges} hint={keys.rangesHint}>
          {({ id, describedBy }) => (
            <textarea
              id={id}
              class="input"
              rows={3}
              value={ranges}
              aria-describedby={describedBy}
              spellcheck={false}
              onInput={(event) => setRanges(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="form-row">
          <QuotaField value={quota} onInput={setQuota} />
          <TextField
            label={keys.validity}
            hint={keys.validityHint}
            type="number"
            value={days}
            onInput={setDays}
            min={1}
            max={400}
            required
          />
        </div>
        <div class="buttons">
          <Button type="submit" kind="primary" busy={make.busy}>
            {keys.submit}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {parts.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
