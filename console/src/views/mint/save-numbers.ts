import { api, read } from '../../api/index.js';
import { saveFile } from '../save-file.js';

/** How the numbers of an order come: sheets to print, or a list. */
export type FileKind = 'application/pdf' | 'text/csv';

/** An order as it was sent: sent again, it gives the same numbers, in whatever form is asked for. */
export interface SentOrder {
  readonly requestId: string;
  readonly count: number;
  readonly validityHours?: number;
}

const ENDINGS: Readonly<Record<FileKind, string>> = { 'application/pdf': 'pdf', 'text/csv': 'csv' };

/** Gives the numbers of an order to the browser as a file. */
export async function saveNumbers(order: SentOrder, kind: FileKind): Promise<void> {
  const file: unknown = await read(
    api.POST('/admin/v1/permission-numbers', { body: order, headers: { Accept: kind }, parseAs: 'blob' }),
  );
  const day = new Date().toISOString().slice(0, 10);
  saveFile(`permission-numbers-${day}.${ENDINGS[kind]}`, kind, file as Blob);
}
