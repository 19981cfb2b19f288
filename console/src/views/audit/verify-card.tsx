import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Notice, ProblemNotice, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { saveFile } from '../save-file.js';
import { type AuditEntry, isIntact, type SignedHead } from './audit-chain.js';

/** As many as the server gives at once. */
const PAGE = 500;

type State =
  | { readonly kind: 'resting' }
  | { readonly kind: 'reading'; readonly count: number }
  | { readonly kind: 'intact' | 'broken'; readonly count: number };

/** @param whole whether one may read the whole log: part of a chain proves nothing */
export function VerifyCard({ whole }: { readonly whole: boolean }): JSX.Element {
  const { verify: words } = useMessages().audit;
  const [state, setState] = useState<State>({ kind: 'resting' });
  const verify = useAction(async () => {
    const head = await read(api.GET('/admin/v1/audit/head'));
    const entries = await readWhole((count) => setState({ kind: 'reading', count }));
    setState({ kind: (await isIntact(entries, head)) ? 'intact' : 'broken', count: head.seq });
  });
  const save = useAction(async () => saveHead(await read(api.GET('/admin/v1/audit/head'))));
  return (
    <section class="card stack">
      <div class="section-head">
        <h2>{words.title}</h2>
        <div class="buttons">
          {whole && (
            <Button busy={verify.busy} onClick={() => void verify.run()}>
              {words.action}
            </Button>
          )}
          <Button icon="download" busy={save.busy} onClick={() => void save.run()}>
            {words.head}
          </Button>
        </div>
      </div>
      <p class="soft">
        {whole && words.text} {words.headText}
      </p>
      <ProblemNotice problem={verify.problem ?? save.problem} />
      <div role="status">
        {state.kind === 'reading' && verify.busy && <p class="soft">{words.working(state.count)}</p>}
        {state.kind === 'intact' && (
          <Notice kind="success" title={words.intact(state.count)}>
            {words.intactText}
          </Notice>
        )}
        {state.kind === 'broken' && (
          <Notice kind="danger" title={words.broken}>
            {words.brokenText}
          </Notice>
        )}
      </div>
    </section>
  );
}

/** Every entry, oldest first. The log only grows, and is read from its end: what is added meanwhile is not missed. */
async function readWhole(onProgress: (count: number) => void): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let before: number | null | undefined = undefined; before !== null;) {
    const query: { limit: number; before?: number } = { limit: PAGE, ...(before !== undefined && { before }) };
    const page: { entries: AuditEntry[]; next: number | null } = await read(
      api.GET('/admin/v1/audit', { params: { query } }),
    );
    entries.push(...page.entries);
    onProgress(entries.length);
    before = page.next;
  }
  return entries.reverse();
}

function saveHead(head: SignedHead): void {
  saveFile(`audit-head-${head.seq}.json`, 'application/json', JSON.stringify(head));
}
