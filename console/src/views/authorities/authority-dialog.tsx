import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Dialog, Form, SelectField, TextField, useAction } from '../../design/parts/index.js';
import { type Language, LANGUAGES, useMessages } from '../../i18n/index.js';

export interface Authority {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly appLink: string | null;
  readonly dailyQuota: number | null;
  readonly disabled: boolean;
}

interface AuthorityDialogProps {
  /** Undefined for a new one. */
  readonly authority: Authority | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const LARGEST_QUOTA = 1_000_000;
const languages = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, text: LANGUAGES[value] }));

/** Sets an authority up, or changes one. */
export function AuthorityDialog({ authority, onClose, onSaved }: AuthorityDialogProps): JSX.Element {
  const { authorities: words, parts } = useMessages();
  const [name, setName] = useState(authority?.name ?? '');
  const [language, setLanguage] = useState<Language>(authority?.language ?? 'en');
  const [appLink, setAppLink] = useState(authority?.appLink ?? '');
  const [quota, setQuota] = useState(authority?.dailyQuota?.toString() ?? '');
  const [disabled, setDisabled] = useState(authority?.disabled ?? false);
  const save = useAction(async () => {
    const body = { name, language, appLink: appLink || null, dailyQuota: quota === '' ? null : Number(quota) };
    if (authority === undefined) await read(api.POST('/admin/v1/authorities', { body }));
    else {
      const params = { path: { authorityId: authority.id } };
      await read(api.PATCH('/admin/v1/authorities/{authorityId}', { params, body: { ...body, disabled } }));
    }
    onSaved();
  });
  return (
    <Dialog title={authority?.name ?? words.create} onClose={onClose}>
      <Form action={save}>
        <TextField label={words.name} value={name} onInput={setName} required maxLength={100} />
        <SelectField
          label={words.language}
          hint={words.languageHint}
          value={language}
          onChange={setLanguage}
          options={languages}
        />
        <TextField
          label={words.appLink}
          hint={words.appLinkHint}
          type="url"
          placeholder="https://app.example/report"
          value={appLink}
          onInput={setAppLink}
          maxLength={300}
        />
        <TextField
          label={words.quota}
          hint={words.quotaHint}
          type="number"
          min={0}
          max={LARGEST_QUOTA}
          value={quota}
          onInput={setQuota}
        />
        {authority !== undefined && (
          <label class="choice">
            <input type="checkbox" checked={disabled} onChange={(event) => setDisabled(event.currentTarget.checked)} />
            <span>
              {words.disable}
              <span class="field-hint"> {words.disableHint}</span>
            </span>
          </label>
        )}
        <div class="buttons buttons-end">
          <Button onClick={onClose}>{parts.cancel}</Button>
          <Button kind="primary" type="submit" busy={save.busy}>
            {parts.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
