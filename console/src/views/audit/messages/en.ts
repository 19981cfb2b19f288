import { formatsOf } from '../../../i18n/formats.js';

const { plural } = formatsOf('en');

export const audit = {
  title: 'Audit log',
  lead: 'Who did what, when, in which role. Nobody can change it, and no permission number is in it.',
  from: 'From',
  until: 'To',
  action: 'What',
  any: 'Anything',
  clear: 'Clear the filter',
  when: 'When',
  who: 'Who',
  details: 'Details',
  only: 'Only this one',
  all: 'Everybody',
  onlyActor: (id: string) => `Only ${id}`,
  kinds: { member: 'Member', key: 'API key', 'command-line': 'Command line', server: 'Server' },
  empty: 'Nothing fits the filter',
  emptyText: 'Take another time, or clear the filter.',
  actions: {
    'api-key.create': 'Made an API key',
    'api-key.quota': 'Changed the quota of an API key',
    'api-key.revoke': 'Revoked an API key',
    'authority.change': 'Changed an authority',
    'authority.create': 'Set an authority up',
    'member.accept': 'Used a one-time link',
    'member.change': 'Changed a member',
    'member.invite': 'Invited a member',
    'member.password': 'Changed their password',
    'member.recovery-codes': 'Made new recovery codes',
    'member.reset': 'Reset a member’s sign-in',
    'member.totp': 'Set an authenticator up',
    'member.totp-remove': 'Removed their authenticator',
    'number.mint': 'Minted numbers',
    'number.revoke': 'Revoked a number',
    'order.revoke': 'Revoked an order',
    'session.close': 'Signed out',
    'session.close-all': 'Signed out everywhere',
    'session.open': 'Signed in',
  },
  verify: {
    title: 'Is the log untouched?',
    text: 'This browser reads every entry, computes the chain anew and compares its end with what the server has signed.',
    action: 'Verify the log',
    working: (n: number) => plural(n, { one: '# entry read', other: '# entries read' }),
    intact: (n: number) => plural(n, { one: 'Untouched: # entry', other: 'Untouched: # entries' }),
    intactText: 'Every entry is linked to the one before it, and the end is signed by this server.',
    broken: 'The log was changed',
    brokenText:
      'The chain does not lead to the signed end. Tell whoever operates this server, and keep a copy of the database.',
    head: 'Save the signed end',
    headText: 'Kept elsewhere, it shows later that nothing up to today was changed.',
  },
};

export type AuditMessages = typeof audit;
