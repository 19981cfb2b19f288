import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const mint = {
  title: 'Mint a number',
  lead: 'For one person who is diagnosed. It allows their phone one report.',
  one: 'New number',
  several: 'Several at once',
  backToOne: 'One number',
  quota: (left: string, of: string) => `${left} of ${of} left today`,
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  yourNumber: 'Permission number',
  readOut: 'Read it out, group by group',
  valid: 'Still valid',
  until: (when: string) => `until ${when}`,
  next: 'Next number',
  revoke: 'Revoke this number',
  revoked: 'Revoked',
  revokedText: 'Nobody can use this number any more. Give the patient a new one.',
  hides: (clock: string) => `Hidden in ${clock}`,
  keep: 'Show two more minutes',
  hiddenTitle: 'The number is no longer shown',
  hiddenText: 'Nobody can bring it back to this screen. It is still valid for whoever has it.',
  readBack: {
    title: 'Read it back',
    label: 'What the patient reads back to you',
    hint: 'Type the digits as you hear them.',
    same: 'Right. The patient has the number.',
    wrong: (places: string) => `Not the same: digit ${places}`,
    slip: 'Read those groups out once more. The patient’s phone would not take this number either.',
    other: 'This would be a valid number, but another one. Read it out once more from the start.',
    tooLong: 'Too many digits.',
  },
  qr: { title: 'Or let them scan it', label: 'QR code of the number', text: 'For a patient who is with you.' },
  batch: {
    title: 'Several numbers',
    lead: 'For a test centre or a ward: sheets to hand out, or a list for another system.',
    count: 'How many',
    countHint: '1 to 1,000',
    validity: 'Valid for',
    standard: 'As usual',
    hours: (n: number) => plural(n, { one: '# hour', other: '# hours' }),
    days: (n: number) => plural(n, { one: '# day', other: '# days' }),
    submit: 'Mint them',
    done: (n: number) => plural(n, { one: '# number is minted', other: '# numbers are minted' }),
    doneText: (when: string) =>
      `Valid until ${when}. Get the file now: once you leave this page, or after two minutes, nobody can get it again.`,
    sheets: 'Sheets to print (PDF)',
    list: 'List (CSV)',
    care: 'Whoever has the file can use the numbers. Delete it when it has been handed out.',
    revoke: 'Revoke all of them',
    revoked: 'All numbers of this order are revoked.',
    again: 'More numbers',
  },
};

export type MintMessages = typeof mint;
