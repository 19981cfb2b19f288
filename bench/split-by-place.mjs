// How much of a world batch a phone downloads in countries that lie elsewhere among H3's cells, under the protocol's rule and
// under others (docs/capacity.md). Prints the median phone, as the median of several modelled countries, least and most.
//   node bench/split-by-place.mjs [--seeds 5] [--phones 500]
import { parseArgs } from 'node:util';
import { buildIfStale } from '../scripts/build-steps.mjs';

await buildIfStale();
const { compactBytes } = await import('../dist/planning/compact-size.js');
const { dayFigures, modelDay } = await import('../dist/planning/download-model.js');
const { Regions, WORLD } = await import('../dist/regions/index.js');

const { values } = parseArgs({ options: { seeds: { type: 'string' }, phones: { type: 'string' } } });
const seeds = Number(values.seeds ?? 5);
const phones = Number(values.phones ?? 500);
const regions = new Regions();

/** The middles of countries of 300,000 to 400,000 km². */
const COUNTRIES = {
  Germany: [51.2, 10.4],
  Italy: [42.8, 12.8],
  Poland: [52, 19.4],
  Finland: [63, 26],
  Japan: [36.5, 138],
  Vietnam: [16, 107.5],
  Philippines: [12, 122],
  "Côte d'Ivoire": [7.6, -5.6],
  Zimbabwe: [-19, 29.8],
  Paraguay: [-23.3, -58.3],
};
const DEFAULTS = { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 };
const WAYS = {
  defaults: { slots: 24, share: (day) => ruleShare(day, DEFAULTS) },
  'nothing waits': { slots: 24, share: (day) => ruleShare({ ...day, longestHold: 0 }, DEFAULTS) },
  'MIN_REPORTS=3': { slots: 24, share: (day) => ruleShare(day, { ...DEFAULTS, minReports: 3 }) },
  'slots of 4 h': { slots: 6, share: (day) => ruleShare(day, DEFAULTS) },
  // Other rules for a remainder with too few reports, and none at all.
  'whole child joins': { slots: 24, share: (day) => otherShare(day, wholeChildJoins) },
  'goes up': { slots: 24, share: (day) => otherShare(day, goesUp) },
  'smallest joins': { slots: 24, share: (day) => otherShare(day, smallestJoins) },
  'no minimum': { slots: 24, share: (day) => otherShare(day, noMinimum) },
};

console.log(['', ...Object.keys(WAYS)].map((name, i) => name.padEnd(i === 0 ? 15 : 24)).join(''));
const medians = Object.fromEntries(Object.keys(WAYS).map((name) => [name, []]));
for (const [name, [latitude, longitude]] of Object.entries(COUNTRIES)) {
  const cells = Object.entries(WAYS).map(([way, { slots, share }]) => {
    const shares = Array.from({ length: seeds }, (_, i) => share(drawDay(latitude, longitude, slots, i + 1)));
    shares.sort((a, b) => a - b);
    const middle = shares[Math.floor(seeds / 2)];
    medians[way].push(middle);
    return `${middle.toFixed(3)} (${shares[0].toFixed(3)}-${shares[seeds - 1].toFixed(3)})`.padEnd(24);
  });
  console.log(name.padEnd(15) + cells.join(''));
}
const middles = Object.values(medians).map((all) =>
  all
    .sort((a, b) => a - b)
    [all.length >> 1].toFixed(3)
    .padEnd(24),
);
console.log('median'.padEnd(15) + middles.join(''));

function drawDay(latitude, longitude, slotsPerDay, seed) {
  const country = { areaKm2: 345_000, urbanShare: 0.75, cities: 80, centre: { latitude, longitude } };
  const volume = {
    reportsPerDay: 5000,
    censPerReport: 9072,
    minBatchCens: 50_000,
    worldMaxHoldSeconds: 21_600,
    locationError: 100,
  };
  return modelDay({ country, ...volume, slotsPerDay, phones, seed });
}

function ruleShare(day, settings) {
  return dayFigures(day, settings).medianShare;
}

function otherShare(day, divide) {
  const bytes = new Map();
  for (const reports of day.slots) {
    for (const { region, groups } of divide(tree(reports))) {
      const cens = distinctCens(groups, reports);
      const size = compactBytes(region === WORLD ? Math.max(cens, day.minBatchCens * 1.05) : cens);
      bytes.set(region, (bytes.get(region) ?? 0) + size);
    }
  }
  const sizes = day.phones.map((cells) => {
    const path = new Set([...cells].flatMap((cell) => [cell, ...regions.ancestors(cell)]));
    return [...path].reduce((sum, region) => sum + (bytes.get(region) ?? 0), 0);
  });
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] / dayFigures(day, DEFAULTS).worldBytes;
}

function tree(reports) {
  const nodes = new Map();
  const node = (region) => {
    if (!nodes.has(region)) {
      nodes.set(region, { region, children: [], groups: [], cens: 0, reports: new Set() });
      const parent = regions.parent(region);
      if (parent !== undefined) node(parent).children.push(nodes.get(region));
    }
    return nodes.get(region);
  };
  const root = node(WORLD);
  reports.forEach(({ groups }, report) => {
    for (const { cell, count } of groups) {
      node(cell).groups.push({ report, cell, count });
      for (const region of [cell, ...regions.ancestors(cell)]) {
        node(region).cens += count;
        node(region).reports.add(report);
      }
    }
  });
  return root;
}

/** A whole child joins too small a remainder before anything in it is split: the rule of ADR 6. */
function wholeChildJoins(node) {
  if (!mustSplit(node)) return [{ region: node.region, groups: allGroups(node) }];
  const isFit = ({ reports }) => reports.size >= DEFAULTS.minReports;
  const parts = node.children.filter(isFit).sort((a, b) => a.reports.size - b.reports.size || byId(a, b));
  const remains = [...node.groups, ...node.children.filter((child) => !isFit(child)).flatMap(allGroups)];
  if (isShort(remains)) remains.push(...parts.splice(0, 1).flatMap(allGroups));
  return [...published(node, remains), ...parts.flatMap(wholeChildJoins)];
}

/** Too small a remainder goes to the region above; at the world, the smallest region joins it. */
function goesUp(root) {
  const below = [];
  const settle = (node) => {
    const remains = mustSplit(node) ? [...node.groups, ...node.children.flatMap(settle)] : allGroups(node);
    if (isShort(remains)) return remains;
    below.push(...published(node, remains));
    return [];
  };
  const remains = settle(root);
  if (remains.length > 0)
    remains.push(
      ...below
        .sort(bySize)
        .splice(0, 1)
        .flatMap(({ groups }) => groups),
    );
  return [...published(root, remains), ...below];
}

/** The smallest region that is published below joins too small a remainder. */
function smallestJoins(node) {
  if (!mustSplit(node)) return [{ region: node.region, groups: allGroups(node) }];
  const isFit = ({ reports }) => reports.size >= DEFAULTS.minReports;
  const below = node.children.filter(isFit).flatMap(smallestJoins).sort(bySize);
  const remains = [...node.groups, ...node.children.filter((child) => !isFit(child)).flatMap(allGroups)];
  if (isShort(remains)) remains.push(...below.splice(0, 1).flatMap(({ groups }) => groups));
  return [...published(node, remains), ...below];
}

/** What no rule can better: every report in its own place, however alone. */
function noMinimum(node) {
  if (!mustSplit(node)) return [{ region: node.region, groups: allGroups(node) }];
  return [...published(node, node.groups), ...node.children.flatMap(noMinimum)];
}

function mustSplit({ cens, region }) {
  return cens > DEFAULTS.splitAbove && regions.resolution(region) < DEFAULTS.regionMaxResolution;
}

function isShort(groups) {
  return groups.length > 0 && new Set(groups.map(({ report }) => report)).size < DEFAULTS.minReports;
}

function published({ region }, groups) {
  return groups.length > 0 ? [{ region, groups }] : [];
}

function byId(a, b) {
  return a.region < b.region ? -1 : 1;
}

function bySize(a, b) {
  return censIn(a.groups) - censIn(b.groups) || byId(a, b);
}

function censIn(groups) {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

/** A CEN that is listed under several cells is published once in a region. */
function distinctCens(groups, reports) {
  const cellsOf = new Map();
  for (const { report, cell } of groups) cellsOf.set(report, (cellsOf.get(report) ?? new Set()).add(cell));
  return [...cellsOf].reduce((sum, [report, held]) => {
    const published = reports[report].stays.filter(({ cells }) => cells.some((cell) => held.has(cell)));
    return sum + published.reduce((ofReport, { count }) => ofReport + count, 0);
  }, 0);
}

function allGroups(node) {
  return [...node.groups, ...node.children.flatMap(allGroups)];
}
