/** PostgreSQL's default `log_line_prefix`, `%m [%p] `: date, time, zone and the number of the process. */
const PREFIX = /^\S+ \S+ \S+ \[(\d+)\] /;

/**
 * What one process has written to a log that others write to as well: the backends of a server that was killed still say good-bye
 * while the next one starts. A line without a number belongs to the one before it; the first ones, to whoever asks.
 */
export function ownLines(log: string, pid: number | undefined): string {
  let isOwn = true;
  const own = log.split('\n').filter((line) => {
    const [, author] = PREFIX.exec(line) ?? [];
    if (author !== undefined) isOwn = Number(author) === pid;
    return isOwn;
  });
  return own.join('\n').trim();
}
