import type { Outcome, UserOrderField, UserStatus } from '../generated/graphql.js';
import type { ActName } from './acts.js';

/** What Administration says, in English. */
export const en = {
  title: 'Administration',
  description:
    'Look after people: find them, help who is locked out, and keep out who should be. Whatever you do is recorded with your reason, and told to the person.',
  filters: 'Filter people',
  search: 'Username or email',
  role: 'Role',
  status: 'State',
  twoFactor: 'Two-factor',
  order: 'Order',
  table: 'People',
  on: 'On',
  off: 'Off',
  statuses: {
    ACTIVE: 'Active',
    DISABLED: 'Disabled',
    DELETED: 'Deleted',
  } satisfies Record<UserStatus, string>,
  orders: {
    CREATED_AT: 'Newest first',
    USERNAME: 'By name',
    LAST_LOGIN_AT: 'Last signed in first',
  } satisfies Record<UserOrderField, string>,
  columns: {
    name: 'Name',
    role: 'Role',
    status: 'State',
    twoFactor: 'Two-factor',
    lastLogin: 'Last sign-in',
    created: 'Created',
  },
  never: 'Never',
  noEmail: 'no email',
  create: {
    button: 'Create account',
    title: 'Create an account',
    explanation: 'The person sets a password with a link, which works for 72 hours. Nobody else ever knows it.',
    done: 'The account is made, and the link is on its way by mail.',
    emailHint: 'The link is mailed there. Empty: you get the link, to hand it over.',
    roleHint: 'A service account is a gateway’s: it has a token and no sign-in.',
  },
  person: {
    back: 'All people',
    unknown: 'There is no such account any more.',
    account: 'Account',
    created: 'Created',
    lastLogin: 'Last sign-in',
    passwordChanged: 'Password changed',
    apiToken: 'API token',
    none: 'None',
    endsIn: (hint: string) => `ends in ${hint}`,
    sessions: 'Sessions',
    noSessions: 'Signed in nowhere.',
    unknownDevice: 'Unknown device',
    lastSeen: (date: string) => `last used ${date}`,
    twoFactorOn: (codes: number) => (codes === 1 ? 'On, 1 backup code left' : `On, ${codes} backup codes left`),
    keys: 'Call keys',
    keysTable: 'The person’s call keys',
    noKeys: 'No call keys.',
    usage: 'Usage in all',
    logs: 'Look at the logs',
    events: 'Security events',
    noEvents: 'Nothing has happened yet.',
    self: 'This is your own account: you look after it on your Profile.',
    above: 'This account does not stand below yours: you can look at it, and not act on it.',
    acts: 'What you can do',
  },
  events: {
    title: 'Security events',
    description:
      'What happened to everybody’s accounts, the newest first: sign-ins, changes, and what administrators did and why.',
    filters: 'Filter events',
    all: 'All of their events',
    at: 'Time',
    type: 'Event',
    outcome: 'Outcome',
    outcomes: { SUCCESS: 'Done', REFUSED: 'Refused' } satisfies Record<Outcome, string>,
    user: 'Account',
    actor: 'Done by',
    origin: 'From',
    ip: 'Address',
    from: 'First day',
    to: 'Last day',
    chosen: 'The chosen person',
  },
  reason: 'Reason',
  reasonHint: 'Kept with what you do, and told to the person.',
  newRole: 'New role',
  acts: {
    disable: {
      name: 'Disable',
      title: 'Disable this account?',
      explanation:
        'It is refused with every credential from the next call on: password, sessions, API token and call keys. You can enable it again.',
      done: 'The account is disabled.',
    },
    enable: {
      name: 'Enable',
      title: 'Enable this account?',
      explanation: 'The person can sign in again.',
      done: 'The account is enabled.',
    },
    role: {
      name: 'Change role',
      title: 'Change the role?',
      explanation: 'All sessions of the person end, and they sign in again with the new role.',
      done: 'The role is changed.',
    },
    resetTwoFactor: {
      name: 'Reset 2FA',
      title: 'Reset two-factor authentication?',
      explanation:
        'For somebody who has lost their app and backup codes. Make sure that it is them. Their sessions end and their API token goes; then their password alone signs in.',
      done: 'Two-factor authentication is reset.',
    },
    sendReset: {
      name: 'Send password reset',
      title: 'Send a password reset?',
      explanation:
        'The person gets a mail with a link that works once, within 30 minutes. Where no mail can reach them you get the link, to hand it over.',
      done: 'The mail is on its way.',
    },
    revoke: {
      name: 'End all sessions',
      title: 'End all sessions?',
      explanation: 'The person is signed out everywhere and has to sign in again.',
      done: 'All sessions are over.',
    },
    serviceToken: {
      name: 'New token',
      title: 'Make a new token?',
      explanation: 'The token before stops working at once, and the gateway is locked out until it gets the new one.',
      done: 'The new token is in force.',
    },
    remove: {
      name: 'Delete',
      title: 'Delete this account?',
      explanation:
        'The person is signed out and cannot come back. For 30 days you can restore the account; then all that is personal is erased for good.',
      done: 'The account is deleted.',
    },
    restore: {
      name: 'Restore',
      title: 'Restore this account?',
      explanation: 'The account is as it was before it was deleted.',
      done: 'The account is restored.',
    },
  } satisfies Record<ActName, { name: string; title: string; explanation: string; done: string }>,
  link: {
    title: 'Hand over this link',
    explanation:
      'It is shown this once. Give it to the person in a way that nobody else can read: whoever opens it first sets the password.',
  },
  token: {
    title: 'The service account’s token',
    explanation:
      'It is shown this once. Put it into the gateway’s settings: whoever has it can verify keys and record usage.',
  },
};
