import type { TokenScope } from '../generated/graphql.js';
import type { TokenDialogName } from './access-token-documents.js';

/** Texts of access tokens, in English. */
export const en = {
  title: 'Access tokens',
  explanation:
    'For programs that need only part of your account. Unlike the API Token, each has its own name, scopes and expiry date, and you can have several.',
  none: 'No access tokens yet. Create one for each program, so you can limit, replace or revoke it on its own.',
  list: (entries: readonly string[]) => entries.join(', '),
  anyAddress: 'From any IP address',
  onlyFrom: (addresses: string) => `Only from ${addresses}`,
  lastUsed: (time: string, ip: string) => `Last used ${time}${ip ? ` from ${ip}` : ''}`,
  neverUsed: 'Never used',
  expires: (date: string) => `expires on ${date}`,
  expired: 'Expired',
  expiredOn: (date: string) => `expired on ${date}`,
  oldTokenWorksUntil: (time: string) => `The old token works until ${time}.`,
  actions: { edit: 'Edit', rotate: 'Rotate', revoke: 'Revoke' } satisfies Record<TokenDialogName, string>,
  scopes: {
    ACCOUNT_READ: {
      name: 'Read account',
      explanation: 'See your email, language, last sign-in and 2FA status.',
    },
    EVENTS_READ: { name: 'Read security events', explanation: 'See sign-ins and changes of your account.' },
    KEYS_READ: { name: 'Read call keys', explanation: 'See your keys and their limits, but not the keys themselves.' },
    KEYS_WRITE: { name: 'Manage call keys', explanation: 'Create, change, rotate and delete your keys.' },
    USAGE_READ: { name: 'Read usage', explanation: 'See the logs and totals of your AI calls.' },
    USERS_READ: { name: 'Read all users', explanation: 'See every account, with email and 2FA status.' },
    ALL_EVENTS_READ: { name: 'Read all security events', explanation: 'See sign-ins and changes of every account.' },
    ALL_USAGE_READ: { name: 'Read all usage', explanation: 'See the logs and totals of every account.' },
  } satisfies Record<TokenScope, { name: string; explanation: string }>,
  form: {
    create: 'Create access token',
    createTitle: 'Create an access token',
    editTitle: (name: string) => `Edit ${name}`,
    editExplanation: 'Scopes and expiry date can’t be changed. Create a new token for that.',
    save: 'Save',
    name: 'Name',
    nameHint: 'For example, the program that uses it',
    scopes: 'What it can do',
    adminScopes: 'For administrators: all accounts',
    maximum: (days: number) => (days === 1 ? 'In 1 day (maximum)' : `In ${days} days (maximum)`),
    dateHint: (days: number) => (days === 1 ? 'Within the next day' : `Within the next ${days} days`),
  },
  created: {
    title: 'Your new access token',
    explanation: 'Copy it now. You won’t be able to see it again. Anyone with this token can do what its scopes allow.',
    command: 'Try it in a terminal',
  },
  rotation: {
    title: (name: string) => `Rotate ${name}`,
    explanation: 'You’ll get a new token with the same scopes and addresses. It lasts as long as the old one did.',
    grace: 'Keep the old token working for',
    submit: 'Rotate token',
  },
  revocation: {
    title: (count: number) => (count === 1 ? 'Revoke this access token?' : `Revoke ${count} access tokens?`),
    explanation: (count: number) =>
      `Programs using ${count === 1 ? 'it' : 'them'} stop working immediately. This can’t be undone.`,
    expiredExplanation: 'Already expired, so nothing stops working. It’s removed from the list.',
    submit: 'Revoke',
    done: (count: number) => (count === 1 ? 'Access token revoked.' : `${count} access tokens revoked.`),
  },
  done: { saved: 'Changes saved.' },
};
