/** Why a signed document or a server's answer was refused. */
export type DocumentErrorCode =
  | 'unsigned'
  | 'expired-signature'
  | 'unknown-key'
  | 'bad-signature'
  | 'bad-settings'
  | 'bad-keys'
  | 'bad-index'
  | 'foreign-url'
  | 'too-long'
  | 'unsupported-protocol';

/** A document of the server that is not what the protocol says, or not signed by whom it should be. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: DocumentErrorCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
