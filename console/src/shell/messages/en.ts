import { formatsOf } from '../../i18n/formats.js';

const { plural } = formatsOf('en');

export const shell = {
  parts: {
    loading: 'Loading…',
    tryAgain: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'Not copied: select it and copy by hand',
    show: 'Show',
    hide: 'Hide',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    more: 'Show more',
    none: 'None',
    never: 'Never',
  },
  frame: {
    skip: 'Skip to the content',
    navigation: 'Main navigation',
    menu: 'Menu',
    language: 'Language',
    signOut: 'Sign out',
    notFound: 'There is no such page',
    notFoundLead: 'The link is wrong, or the page is not for your role.',
    goHome: 'Go to the start page',
  },
  roles: { operator: 'Operator', manager: 'Manager', issuer: 'Issuer', auditor: 'Auditor' },
  problems: {
    unexpected: {
      title: 'That did not work',
      remedy: 'Try again. If it goes on, tell whoever operates this server.',
    },
    later: {
      'sign-in-delayed': (wait: string) => ({
        title: 'Too many failed attempts',
        remedy: `Wait ${wait}, then try again. Nothing was checked.`,
      }),
      'quota-exceeded': (wait: string) => ({
        title: 'The quota of today is used up',
        remedy: `Numbers can be minted again in ${wait}. A manager or an operator can raise the quota.`,
      }),
    },
    byCode: {
      'no-connection': {
        title: 'No connection to the server',
        remedy: 'Check the network and try again. Nothing that you entered is lost.',
      },
      unavailable: { title: 'The server is busy', remedy: 'Wait a moment and try again.' },
      'sign-in-refused': {
        title: 'Not signed in',
        remedy:
          'Name, password or code is not right. Check caps lock and the clock of the device that shows the code. Each code works once: wait for the next one.',
      },
      'sign-in-required': { title: 'You are signed out', remedy: 'Sign in again.' },
      'csrf-refused': { title: 'This page is out of date', remedy: 'Reload it and try again.' },
      'not-allowed': { title: 'Not allowed', remedy: 'Your role does not allow this. Ask a manager or an operator.' },
      'invitation-refused': {
        title: 'This link no longer works',
        remedy: 'It was used, replaced or has expired. Ask whoever gave it to you for a new one.',
      },
      'password-refused': {
        title: 'Choose another password',
        remedy: 'Take at least 12 characters that nobody would guess; a few random words are good.',
      },
      'code-refused': {
        title: 'The code does not fit',
        remedy: 'Check that the clock of your device is right, and enter the code that it shows now.',
      },
      'name-taken': { title: 'This name is taken', remedy: 'Choose another one.' },
      'staff-not-found': { title: 'Not found', remedy: 'Somebody may have removed it. Reload the page.' },
      'totp-required': {
        title: 'An authenticator is needed first',
        remedy: 'Operators and managers sign in with a code. The member sets up an authenticator under “My account”.',
      },
      'last-operator': { title: 'This is the last operator', remedy: 'Invite another operator first.' },
      'not-on-yourself': { title: 'Not on yourself', remedy: 'Ask another manager or an operator.' },
      'number-space-exhausted': {
        title: 'Too many numbers are live',
        remedy: 'Tell whoever operates this server: permission numbers must become longer.',
      },
    },
  },
  count: {
    sessions: (n: number) => plural(n, { one: '# session', other: '# sessions' }),
    codes: (n: number) => plural(n, { one: '# recovery code left', other: '# recovery codes left' }),
  },
};

export type ShellMessages = typeof shell;
