/** The embedded server cannot be used; the message says why and what to do, in a sentence for whoever starts the program. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
