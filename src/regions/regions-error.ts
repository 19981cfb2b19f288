/** What can be wrong with a region or a cell that somebody named. */
export type RegionsErrorCode = 'malformed-region' | 'not-a-cell' | 'cell-too-fine';

/** Its message is a clear reason, fit to be shown to whoever sent the region. */
export class RegionsError extends Error {
  override readonly name = 'RegionsError';

  constructor(
    readonly code: RegionsErrorCode,
    message: string,
  ) {
    super(message);
  }
}
