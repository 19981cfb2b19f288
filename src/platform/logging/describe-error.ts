/**
 * What a log may say of an error: its name, its code and where it was thrown. The message is left out: a parser's
 * or a database's message can quote what a phone sent (invariant 7).
 */
export function describeError(thrown: unknown): { error: string; code?: string; frames?: string[] } {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const frames = (thrown.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  return { error: thrown.name, ...code, frames: frames.map((line) => line.trim()) };
}
