export const account = {
  title: 'My account',
  lead: (login: string, role: string) => `${login} · ${role}`,
  password: {
    title: 'Password',
    text: 'Changing it ends every other session of yours.',
    action: 'Change password',
    fresh: 'New password',
    done: 'Your password is changed. Every other session has ended.',
  },
  authenticator: {
    title: 'Authenticator',
    on: 'Set up',
    off: 'Not set up',
    onText: 'You sign in with a code.',
    offText: 'A stolen password would be enough to sign in as you.',
    setUp: 'Set up an authenticator',
    replace: 'Set up another one',
    remove: 'Remove',
    removeTitle: 'Remove the authenticator?',
    removeText: 'From then on a password alone signs you in.',
    done: 'Sign in with the new authenticator from now on.',
    removed: 'The authenticator is removed.',
  },
  recovery: {
    title: 'Recovery codes',
    renew: 'Make new codes',
    renewText: 'Ten new codes take the place of the old ones.',
  },
  sessions: {
    title: 'Where you are signed in',
    text: 'A session ends after 20 minutes without use, and after 12 hours.',
    current: 'This one',
    since: 'Signed in',
    seen: 'Last used',
    ends: 'Ends',
    end: 'End it',
    endLabel: (since: string) => `End the session of ${since}`,
    everywhere: 'Sign out everywhere',
  },
};

export type AccountMessages = typeof account;
