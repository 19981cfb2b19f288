/** A command was asked for something that it cannot do; the message says what to type instead. */
export class UsageError extends Error {}
