import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const figures = {
  title: 'Figures',
  lead: 'Permission numbers by UTC day. Nobody can see whether a given number was used.',
  span: 'Period',
  days: (n: number) => plural(n, { one: 'Last # day', other: 'Last # days' }),
  authority: 'Authority',
  allAuthorities: 'All authorities together',
  measures: {
    minted: { title: 'Minted', text: 'Numbers that were given out' },
    redeemed: { title: 'Redeemed', text: 'Numbers with which somebody reported' },
    expired: { title: 'Expired', text: 'Numbers that nobody used in time' },
    revocations: { title: 'Revocations', text: 'Asked for, whether or not the number was still live' },
  },
  most: (value: string) => `at most ${value} a day`,
  busiest: (value: string, day: string) => `most on ${day}: ${value}`,
  nothing: 'Nothing in this period.',
  table: 'Day by day',
  day: 'Day',
  csv: 'Save as CSV',
  json: 'Save as JSON',
  smallNumbers: {
    title: 'Why these figures come late and in steps',
    text: (cohort: string) =>
      `Redeemed and expired numbers are told in groups of ${cohort} only, on the day on which a group is full. So no change of a figure tells what became of one person’s number. A group that is not full yet is not shown.`,
  },
};

export type FiguresMessages = typeof figures;
