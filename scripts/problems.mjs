// npm run problems [-- --check]: writes docs/problems.md from the one table of problems.
import { PROBLEMS } from '../dist/problems.js';
import { writeOrCheck } from './generated-file.mjs';

const INTRODUCTION = `<!-- Made by \`npm run problems\` from src/problems.ts. Do not edit. -->

# Problems

Every error is an [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) document of type \`application/problem+json\` with \`type\` (\`/problems/<code>\`, served as a page),
\`title\`, \`status\`, \`detail\` and \`code\`; bad input adds \`errors\`, a list of \`{ pointer, detail }\`. Decide by \`code\`, show people \`detail\`. A 5xx never says what broke.
`;

const entries = Object.entries(PROBLEMS).sort(
  ([left, { status: a }], [right, { status: b }]) => a - b || left.localeCompare(right, 'en'),
);
const rows = entries.map(([code, { status, title }]) => `| [\`${code}\`](#${code}) | ${status} | ${title} |`);
const sections = entries.map(
  ([code, { status, title, detail, remedy }]) =>
    `## ${code}\n\n**${title}** (${status}). ${detail}\n\nWhat to do: ${remedy}\n`,
);

const table = ['| code | status | title |', '|---|---|---|', ...rows].join('\n');
writeOrCheck('docs/problems.md', `${INTRODUCTION}\n${table}\n\n${sections.join('\n')}`, 'npm run problems');
