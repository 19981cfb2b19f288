// Results as text for a terminal.

/** The rows of one benchmark, each with its limit. */
export function describeRows(rows) {
  return rows.map((row) => {
    const { what, unit, measured, limit, ratio, gate, met } = row;
    const parts = [
      `${mark(met)} ${what}: ${number(measured)} ${unit}`,
      limit === undefined ? '' : `limit ${number(limit)} ${unit}`,
      ratio === undefined ? '' : `ratio ${number(ratio)}`,
      spread(row),
      gate === undefined ? '' : `gate ${gate}`,
    ];
    return `    ${parts.filter((part) => part !== '').join('   ')}`;
  });
}

/** Every gate of a run, a line each. */
export function summary(results) {
  const lines = results.flatMap(({ name, seconds, error, rows = [] }) => {
    if (error !== undefined) return [[name, 'BROKEN', '', '', '✘', '']];
    const judged = rows.filter(({ gate }) => gate !== undefined);
    return judged.map((row, i) => [
      i === 0 ? name : '',
      row.what,
      `${number(row.ratio ?? row.measured)}${row.ratio === undefined ? ` ${row.unit}` : ''}`,
      spread(row),
      `${row.gate} ${mark(row.met)}`,
      i === 0 ? `${seconds.toFixed(0)} s` : '',
    ]);
  });
  return columns([['benchmark', 'what', 'ratio', '10–90 %', 'gate', 'took'], ...lines]);
}

/** Three or four digits that matter; nobody measures more. */
export function number(value) {
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
  return value.toLocaleString('en', {
    minimumFractionDigits: Number.isInteger(value) ? 0 : digits,
    maximumFractionDigits: digits,
  });
}

/** Of what was measured more than once. */
export function spread({ least, most, samples }) {
  return samples === undefined ? '' : `(${number(least)}–${number(most)} of ${samples})`;
}

function mark(met) {
  return met === undefined ? '·' : met ? '✔' : '✘';
}

function columns(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd());
}
