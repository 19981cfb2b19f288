import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { generate } from 'lean-qr';

/** Modules of quiet around the code (ISO/IEC 18004 section 9.1 asks four; the white card adds to these two). */
const QUIET = 2;

interface QrCodeProps {
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
}

/** A QR code, drawn as one path. */
export function QrCode({ text, label }: QrCodeProps): JSX.Element {
  const { size, path } = useMemo(() => draw(text), [text]);
  const side = size + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

function draw(text: string): { readonly size: number; readonly path: string } {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return { size: code.size, path };
}
