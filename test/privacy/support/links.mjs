// Tries to find out, from the remains of a database, which CENs belong to one report or to one permission number, and which token to one number.

import { isPiecesTable } from './remains.mjs';

/** Shorter values repeat by accident: counts, parts, flags. */
const SHORTEST_VALUE = 4;
/** Standard deviations from what chance gives; by chance alone one in a million such tests reaches five. */
const SUSPICIOUS = 5;
const FEWEST_RANKED = 8;
/** Count the pieces of any value or file from 0: the same everywhere, and of no meaning. */
const MEANINGLESS = new Set(['chunk_seq', 'n']);

/**
 * Links as sentences; none where nothing joins. A join names a report when it leads from CENs to fewer than `minReports`
 * reports, numbers or tokens, or to the CENs of fewer than `minReports` reports; likewise between numbers and the tokens that they bought.
 * @param items of `remains.mjs`
 * @param needles of which `means` is `{ kind, report }`, report being its place in the order of uploads; kind is `cen`, or
 *   `number`, `token` or `report` for whatever stands for a permission number, an upload token or a report
 */
export function findLinks(items, needles, minReports) {
  const labelled = label(items, needles);
  return [
    ...joins(labelled, minReports, 'transaction', ({ xids }) => xids),
    ...joins(labelled, minReports, 'value', ({ keys }) => keys),
    ...ordersOfCens(labelled),
    ...ordersOfRows(labelled),
  ];
}

/** Says of each item whose number, report or CENs it holds; a row also holds what is stored out of line for it. */
function label(items, needles) {
  const labelled = items.map((item) => {
    const found = item.values.flatMap(({ bytes }) => (bytes === undefined ? [] : needles.findIn(bytes)));
    const cens = found.filter(({ means }) => means.kind === 'cen').map(({ means }) => means.report);
    const named = found.filter(({ means }) => means.kind !== 'cen').map(({ means }) => means.report);
    const of = (kind) => new Set(found.filter(({ means }) => means.kind === kind).map(({ means }) => means.report));
    const [numbers, tokens] = [of('number'), of('token')];
    return { ...item, cens, named: new Set(named), numbers, tokens, holds: new Set(cens), keys: keysOf(item) };
  });
  const pieces = groupBy(labelled.filter(isPiece), referencesOf);
  for (const row of labelled.filter((item) => !isPiece(item))) {
    for (const piece of referencesOf(row).flatMap((reference) => pieces.get(reference) ?? [])) {
      for (const report of piece.named) row.named.add(report);
      for (const report of piece.holds) row.holds.add(report);
    }
  }
  return labelled;
}

const isPiece = ({ source, table }) => source === 'heap' && (table.startsWith('pg_toast') || isPiecesTable(table));
const referencesOf = ({ values }) => values.flatMap(({ reference }) => reference ?? []);

function keysOf({ source, values }) {
  if (source !== 'heap') return [];
  return values.flatMap(({ name, bytes, reference }) => {
    if (reference !== undefined) return [reference];
    return bytes.length < SHORTEST_VALUE || MEANINGLESS.has(name) ? [] : [bytes.toString('base64')];
  });
}

function joins(items, minReports, by, keysOfItem) {
  const links = [];
  for (const group of groupBy(items, keysOfItem).values()) {
    const named = union(group.map((item) => item.named));
    const held = union(group.map(({ holds }) => holds));
    const numbers = union(group.map((item) => item.numbers));
    const tokens = union(group.map((item) => item.tokens));
    const tables = [...new Set(group.map(({ source, table }) => `${table} (${source})`))].join(', ');
    if (numbers.size > 0 && tokens.size > 0 && Math.min(numbers.size, tokens.size) < minReports)
      links.push(`one ${by} joins ${numbers.size} numbers with ${tokens.size} tokens: ${tables}`);
    if (held.size === 0) continue;
    if (named.size > 0 && (named.size < minReports || held.size < minReports))
      links.push(`one ${by} joins ${named.size} numbers or reports with the CENs of ${held.size} reports: ${tables}`);
    else if (by === 'transaction' && held.size < minReports)
      links.push(`one ${by} holds the CENs of ${held.size} reports alone: ${tables}`);
  }
  return links;
}

/**
 * In what order CENs lie in a table, or in a value or file that is stored in pieces (a batch: its region alone makes neighbours likelier):
 * neighbours must not be of one report more often than chance makes them.
 */
function ordersOfCens(items) {
  const links = [];
  const places = groupBy(items, (item) => [
    `${item.source === 'log' || isPiece(item) ? referencesOf(item) : ''} ${item.table} (${item.source})`,
  ]);
  for (const [place, rows] of places) {
    const reports = rows.sort((a, b) => a.place - b.place).flatMap(({ cens }) => cens);
    const deviation = neighbourDeviation(reports);
    if (deviation > SUSPICIOUS)
      links.push(
        `CENs of one report lie together in ${place.trim()}, ${deviation.toFixed(1)} deviations more than by chance`,
      );
  }
  return links;
}

function neighbourDeviation(reports) {
  const pairs = reports.length - 1;
  const shares = [...groupBy(reports, (report) => [report]).values()].map(({ length }) => length / reports.length);
  const chance = shares.reduce((sum, share) => sum + share * share, 0);
  // With few reports in all, neighbours are of one report anyhow, and that is for MIN_REPORTS to prevent.
  if (pairs < 1 || chance > 0.9) return 0;
  const equal = reports.filter((report, i) => i > 0 && report === reports[i - 1]).length;
  return (equal - pairs * chance) / Math.sqrt(pairs * chance * (1 - chance));
}

/** Whether the place of live rows, or any of their numbers and times, follows the order of the uploads. */
function ordersOfRows(items) {
  const links = [];
  const rows = items.filter(({ live, named }) => live && named.size === 1);
  for (const [table, group] of groupBy(rows, ({ table }) => [table])) {
    const columns = new Set(group.flatMap(({ values }) => values.map(({ name }) => name)));
    const rankings = [
      ['place', ({ place }) => place],
      ...[...columns].map((name) => [name, (row) => numberIn(row, name)]),
    ];
    for (const [name, valueOf] of rankings) {
      const points = group.map((row) => [[...row.named][0], valueOf(row)]).filter(([, value]) => value !== undefined);
      const deviation = Math.abs(rankCorrelation(points)) * Math.sqrt(points.length - 1);
      if (points.length >= FEWEST_RANKED && deviation > SUSPICIOUS)
        links.push(`${name} of the rows of ${table} follows the order of the uploads`);
    }
  }
  return links;
}

function numberIn({ values }, column) {
  const bytes = values.find(({ name }) => name === column)?.bytes;
  if (bytes?.length === 8) return Number(bytes.readBigInt64LE());
  return bytes?.length === 4 ? bytes.readInt32LE() : undefined;
}

/** Spearman's; 0 where one side is constant. */
function rankCorrelation(points) {
  const xs = ranks(points.map(([x]) => x));
  const ys = ranks(points.map(([, y]) => y));
  const middle = (points.length - 1) / 2;
  const covariance = xs.reduce((sum, x, i) => sum + (x - middle) * (ys[i] - middle), 0);
  const spread = (of) => Math.sqrt(of.reduce((sum, value) => sum + (value - middle) ** 2, 0));
  return covariance / (spread(xs) * spread(ys)) || 0;
}

/** Equal values share the mean of their ranks. */
function ranks(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = new Map(
    [...new Set(sorted)].map((value) => [value, (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2]),
  );
  return values.map((value) => mean.get(value));
}

function groupBy(items, keysOfItem) {
  const groups = new Map();
  for (const item of items) {
    for (const key of new Set(keysOfItem(item))) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
  }
  return groups;
}

function union(sets) {
  return new Set(sets.flatMap((set) => [...set]));
}
