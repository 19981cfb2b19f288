import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useMessages } from '../../i18n/index.js';
import { Button } from './button.js';

const SHOWN_MS = 2500;

interface CopyButtonProps {
  readonly text: string;
  readonly size?: 'small';
}

export function CopyButton({ text, size }: CopyButtonProps): JSX.Element {
  const { parts } = useMessages();
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return undefined;
    const timer = setTimeout(() => setState('ready'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  const words = { ready: parts.copy, copied: parts.copied, refused: parts.notCopied };
  return (
    <>
      <Button {...(size && { size })} icon={state === 'copied' ? 'check' : 'copy'} onClick={copy}>
        {words[state]}
      </Button>
      <span class="unseen" role="status">
        {state === 'ready' ? '' : words[state]}
      </span>
    </>
  );
}
