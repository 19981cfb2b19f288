/** Upload tokens (protocol §6): a permission number exchanged for something that nobody can lead back to it. */
export { chaffToken, prepareToken, requestToken } from './request-token.js';
export type { ChaffTokenOptions, PendingToken, PrepareOptions, TokenOptions, TokenResult } from './request-token.js';
