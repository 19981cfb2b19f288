import { encodeQR } from 'qr';

/** Dark modules of a QR code that lie side by side in a row, in modules from its upper left corner. */
export interface DarkRun {
  readonly column: number;
  readonly row: number;
  readonly length: number;
}

export interface QrCode {
  /** Modules of a side. */
  readonly size: number;
  readonly dark: readonly DarkRun[];
}

/** Medium error correction: 15 % may be dirty or folded. Without the quiet zone, which is up to whoever draws it. */
export function qrCode(text: string): QrCode {
  // The encoder draws a border of one module at least.
  const bordered = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  const rows = bordered.slice(1, -1).map((modules) => modules.slice(1, -1));
  return { size: rows.length, dark: rows.flatMap((modules, row) => darkRuns(modules, row)) };
}

function darkRuns(modules: readonly boolean[], row: number): DarkRun[] {
  const runs: DarkRun[] = [];
  for (let column = 0; column < modules.length; column++) {
    if (!modules[column]) continue;
    const start = column;
    while (modules[column + 1]) column++;
    runs.push({ column: start, row, length: column + 1 - start });
  }
  return runs;
}
