import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const orders = {
  title: 'Orders',
  lead: 'What was minted, without the numbers: nobody can see them again, or whether one was used.',
  numbers: (n: number) => plural(n, { one: '# number', other: '# numbers' }),
  count: 'Numbers',
  created: 'Minted',
  expires: 'Valid until',
  by: 'By',
  you: 'You',
  key: 'API key',
  system: 'Command line',
  gone: 'Former member',
  expired: 'Expired',
  revoke: 'Revoke',
  revokeLabel: (what: string, day: string) => `Revoke ${what} of ${day}`,
  revokeTitle: (what: string) => `Revoke ${what}?`,
  revokeText: 'Those that have not been used yet can then be used by nobody.',
  revoked: 'Revoked. What was not used by now cannot be used any more.',
  empty: 'No orders yet',
  emptyText: 'They appear here as soon as somebody mints, until their numbers have expired.',
  one: {
    title: 'Revoke one number',
    text: 'For a number that went to the wrong person. The answer is the same whether or not it was valid.',
    label: 'Permission number',
    fault: 'This is not a permission number: a digit is wrong or missing.',
    done: 'If this number was valid, nobody can use it any more.',
  },
};

export type OrdersMessages = typeof orders;
