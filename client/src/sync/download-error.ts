/**
 * Why a file could not be had although a signed index lists it: `missing` (404 or 410 within its retention: somebody withholds it,
 * or has not got it yet), `failed` (another answer without a file, for it or for the keys that it needs).
 */
export type DownloadErrorCode = 'missing' | 'failed';

/** A listed file that the server did not hand out. Nothing is known about what is in it. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(
    readonly code: DownloadErrorCode,
    /** The status answered. */
    readonly status: number,
    url: string,
  ) {
    super(`${code}: ${status} for ${url}`);
  }
}
