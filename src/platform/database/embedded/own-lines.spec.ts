import { ownLines } from './own-lines.js';

const LOG = `postgres: could not read a file
2026-11-26 18:31:02.115 UTC [41] FATAL:  terminating connection due to unexpected postmaster exit
2026-11-26 18:31:02.116 UTC [77] FATAL:  "data" is not a valid data directory
\tand why
2026-11-26 18:31:02.116 UTC [42] FATAL:  terminating connection due to unexpected postmaster exit
\ton the next line
2026-11-26 18:31:02.117 UTC [77] DETAIL:  File "PG_VERSION" is missing.
`;

test('a reason to end is not lost among the last words of a dead server', () => {
  expect(ownLines(LOG, 77)).toBe(`postgres: could not read a file
2026-11-26 18:31:02.116 UTC [77] FATAL:  "data" is not a valid data directory
\tand why
2026-11-26 18:31:02.117 UTC [77] DETAIL:  File "PG_VERSION" is missing.`);
});

test('a process that wrote nothing has said nothing', () => {
  expect(ownLines('2026-11-26 18:31:02.115 UTC [41] LOG:  starting', 77)).toBe('');
});
