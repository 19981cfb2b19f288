import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const regions = {
  title: 'Regions',
  lead: 'How the server has divided the world by load, and what a phone in each region downloads.',
  span: 'Period',
  days: (n: number) => plural(n, { one: 'Today', other: 'Last # days' }),
  map: (n: number) => plural(n, { one: 'Map with # region', other: 'Map with # regions' }),
  tip: (label: string, cens: string, bytes: string) => `${label}: ${cens} CENs; a phone downloads ${bytes} a day`,
  little: 'Few CENs',
  much: 'Many CENs',
  wholeEarth: 'Show the whole Earth',
  regionsOnly: 'Show the regions',
  world: 'World',
  worldText: 'every phone downloads it',
  resolutions: ['World', '2,400 km across', '880 km across', '330 km across', '120 km across'],
  summary: {
    regions: 'Regions',
    depth: (finest: string, usual: string) => `Finest: ${finest}. Half of them: ${usual} or finer.`,
    world: 'Undivided, a phone a day',
    worldText: 'What each phone would download at most, if nothing were split.',
    slots: 'Slots',
    floor: (slots: string, moved: string) =>
      `In ${slots} of them, reports went to a larger region for want of company: ${moved} times.`,
  },
  table: 'By region',
  region: 'Region',
  cens: 'CENs',
  perDay: 'A phone a day',
  perMonth: 'A phone a month',
  omitted: (n: string) => `${n} more regions with fewer CENs are not listed.`,
  empty: 'Nothing has been published in these days',
  emptyText: 'A region appears when its first batch is sealed. A small system publishes one batch for the whole world.',
  preview: {
    title: 'Try other settings',
    text: 'Works out what they would have made of these days. It changes nothing: settings are changed in the server’s environment.',
    splitAbove: 'Split above, CENs',
    minReports: 'Reports at least',
    finest: 'Finest region',
    action: 'Work it out',
    now: 'Now',
    then: 'With these',
    regions: 'Regions',
    deepest: 'Finest region',
    median: 'Median phone a day',
    undivided: 'Undivided, a phone a day',
    estimated:
      'An estimate: of reports, of places finer than those published, and of decoys the server keeps nothing to count.',
    untold: (n: number) =>
      plural(n, {
        one: 'In # time slot a region might be divided further, but nothing published tells where its CENs came from: it is taken to stay whole.',
        other:
          'In # time slots a region might be divided further, but nothing published tells where its CENs came from: it is taken to stay whole.',
      }),
    exact: 'Put together from what was published.',
  },
};

export type RegionsMessages = typeof regions;
