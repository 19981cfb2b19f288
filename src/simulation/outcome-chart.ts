import type { Outcome, Percentiles } from './outcome.js';

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 170;
const BAR = 22;
const GAP = 12;
const COLOURS = { p50: '#5b8fc7', p90: '#2f6096', p99: '#1c3f66' } as const;

/** The outcome as an SVG picture: what a phone moves in a day, by percentile. */
export function outcomeChart(outcome: Outcome, title: string): string {
  const { perPhoneAndDay, ratioToPath, contacts } = outcome;
  const groups: readonly [string, Percentiles, (value: number) => string][] = [
    ['Batches, bundles', perPhoneAndDay.batchBytes, kilobytes],
    ['Indexes, keys', perPhoneAndDay.indexBytes, kilobytes],
    ['Requests', perPhoneAndDay.requests, (value) => value.toFixed(0)],
    ['Against 5.3 B a CEN', ratioToPath, (value) => value.toFixed(2)],
  ];
  const verdict = `${contacts.found.toLocaleString('en')} of ${contacts.due.toLocaleString('en')} contacts found, ${contacts.missed} missed, ${contacts.wrong} wrong`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(20, 28, title, 'font-size="16" font-weight="600"'),
    text(20, 48, `${verdict}; a phone in a day, by percentile`, 'fill="#555"'),
    ...groups.flatMap(([name, values, show], i) => group(name, values, show, 75 + i * (BAR * 3 + GAP))),
    '</svg>',
    '',
  ].join('\n');
}

/** Half, nine tenths and ninety-nine hundredths of the phones stay below the ends of the bars. */
function group(name: string, of: Percentiles, show: (value: number) => string, top: number): string[] {
  const scale = (WIDTH - LEFT - 110) / Math.max(of.p99, Number.MIN_VALUE);
  const bars = (['p50', 'p90', 'p99'] as const).flatMap((key, i) => {
    const y = top + i * BAR;
    const width = Math.max(1, of[key] * scale);
    return [
      `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 4}" rx="2" fill="${COLOURS[key]}"/>`,
      text(LEFT + width + 6, y + 13, `${key.slice(1)} %: ${show(of[key])}`, 'fill="#333"'),
    ];
  });
  return [text(20, top + 13, name, 'font-weight="600"'), ...bars];
}

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escaped}</text>`;
}

const kilobytes = (value: number) => `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} kB`;
