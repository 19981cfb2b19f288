import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Problem } from '../../api/index.js';
import { Button, Dialog, Field, Form, TextField, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { AuthorityField } from '../authority-field.js';
import { addSite, changeSite, type Site } from './upload-sites.js';

interface SiteDialogProps {
  /** Undefined for a new one. */
  readonly site: Site | undefined;
  /** Whose site a new one is; null to have it chosen. */
  readonly authorityId: string | null;
  readonly authorities: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A site's name and its address ranges, one a line. */
export function SiteDialog({ site, authorityId, authorities, onClose, onSaved }: SiteDialogProps): JSX.Element {
  const { sites: words, parts } = useMessages();
  const [name, setName] = useState(site?.name ?? '');
  const [ranges, setRanges] = useState(site?.ranges.join('\n') ?? '');
  const [chosen, choose] = useState(authorityId ?? authorities[0]?.id ?? '');
  const save = useAction(async () => {
    const input = { name, ranges: linesOf(ranges) };
    await (site === undefined ? addSite(chosen, input) : changeSite(site, input));
    onSaved();
  });
  return (
    <Dialog title={site?.name ?? words.add} onClose={onClose}>
      <Form action={save}>
        {site === undefined && authorityId === null && (
          <AuthorityField label={words.authority} authorities={authorities} value={chosen} onChange={choose} />
        )}
        <TextField label={words.name} value={name} onInput={setName} required maxLength={100} />
        <Field label={words.ranges} hint={words.rangesHint} fault={faultOf(save.problem, linesOf(ranges))}>
          {({ id, describedBy }) => (
            <textarea
              id={id}
              class="input ranges-input"
              rows={5}
              required
              spellcheck={false}
              value={ranges}
              aria-describedby={describedBy}
              onInput={(event) => setRanges(event.currentTarget.value)}
            />
          )}
        </Field>
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

/** Which line is wrong, as the server says it. */
function faultOf(problem: unknown, lines: readonly string[]): string | undefined {
  if (!(problem instanceof Problem)) return undefined;
  const faults = (problem.details.errors ?? []).flatMap(({ pointer, detail }) => {
    const [, index] = /^\/ranges\/(\d+)$/.exec(pointer) ?? [];
    return index === undefined ? [] : [`${lines[Number(index)]}: ${detail}`];
  });
  return faults.length === 0 ? undefined : faults.join(' ');
}
