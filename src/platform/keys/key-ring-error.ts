export type KeyRingErrorCode =
  /** There is no key ring where one is needed. */
  | 'missing'
  /** The file exists and cannot be read. */
  | 'unreadable'
  /** The file's content is not a key ring. */
  | 'invalid'
  /** The file cannot be replaced: a read-only mount, a missing right. */
  | 'not-writable'
  /** A new ring was to be made where there is one already. */
  | 'exists'
  /** The ring has no version for a purpose. */
  | 'no-key';

/** Message and stack never hold a secret nor a piece of the file. */
export class KeyRingError extends Error {
  constructor(
    readonly code: KeyRingErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'KeyRingError';
  }
}
