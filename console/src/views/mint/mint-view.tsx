import './mint.css';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Notice, Page, ProblemNotice, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { Batch } from './batch.js';
import { type MintedNumber, NumberSheet } from './number-sheet.js';
import { QuotaLine } from './quota-line.js';

type State =
  | { readonly kind: 'ready' }
  | { readonly kind: 'minted'; readonly minted: MintedNumber }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'batch' };

/** One key from signing in to a number that can be read out: the button has the focus. */
export function MintView({ member }: ViewProps): JSX.Element {
  const { mint } = useMessages();
  const [state, setState] = useState<State>({ kind: 'ready' });
  const button = useRef<HTMLButtonElement>(null);
  // The same for each retry of one number: what was lost on the way is not minted twice.
  const requestId = useRef<string>(crypto.randomUUID());
  const mintOne = useAction(async () => {
    const body = { requestId: requestId.current, count: 1 };
    const { numbers, expiresAt } = await read(api.POST('/admin/v1/permission-numbers', { body }));
    requestId.current = crypto.randomUUID();
    setState({ kind: 'minted', minted: { number: numbers[0]!, expiresAt } });
  });
  useEffect(() => {
    if (state.kind !== 'minted' && state.kind !== 'batch') button.current?.focus();
  }, [state.kind]);

  if (state.kind === 'batch') return <Batch onLeave={() => setState({ kind: 'ready' })} />;
  return (
    <Page title={mint.title} lead={mint.lead} keepFocus>
      <ProblemNotice problem={mintOne.problem} />
      {state.kind === 'minted' ? (
        <NumberSheet
          key={state.minted.number}
          member={member}
          minted={state.minted}
          onHide={() => setState({ kind: 'hidden' })}
          onNext={() => void mintOne.run()}
          busy={mintOne.busy}
        />
      ) : (
        <>
          {state.kind === 'hidden' && <Notice title={mint.hiddenTitle}>{mint.hiddenText}</Notice>}
          <div class="mint-door">
            <Button
              kind="primary"
              icon="number"
              class="mint-button"
              buttonRef={button}
              busy={mintOne.busy}
              onClick={() => void mintOne.run()}
            >
              {mint.one}
            </Button>
            <QuotaLine />
            <Button kind="quiet" icon="list" onClick={() => setState({ kind: 'batch' })}>
              {mint.several}
            </Button>
          </div>
        </>
      )}
    </Page>
  );
}
