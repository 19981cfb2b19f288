/** Prints a command's result: one JSON document on one line for programs, or lines for people. */
export function print(result: object, options: { readonly json?: boolean }, lines: readonly string[]): void {
  console.log(options.json ? JSON.stringify(result) : lines.join('\n'));
}

/** `2026-11-24 10:00 UTC` of Unix seconds. */
export function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
