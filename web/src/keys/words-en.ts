import type { CallKeyStatus } from '../generated/graphql.js';

/** What the Keys view says, in English. */
export const en = {
  title: 'Keys', description: 'Call keys (sk-) let your programs make AI calls, and count what they spend. They are different from the API token on your Profile, which manages the account.',
  create: 'Create key', table: 'Call keys', filters: 'Filter keys', search: 'Name or first characters', status: 'Status',
  columns: { name: 'Name', status: 'Status', quota: 'Quota', lastUsed: 'Last used', expires: 'Expires', limits: 'Limits' },
  statuses: { ACTIVE: 'Active', DISABLED: 'Off', EXPIRED: 'Expired', EXHAUSTED: 'Used up' } satisfies Record<CallKeyStatus, string>,
  used: (used: string) => `${used} used`, left: (left: string) => `${left} left`, neverUsed: 'Not yet', anyModel: 'All models', anyAddress: 'any address',
  models: (count: number) => (count === 1 ? '1 model' : `${count} models`), addresses: (count: number) => (count === 1 ? '1 address' : `${count} addresses`),
  edit: 'Edit', turnOff: 'Turn off', turnOn: 'Turn on', rotate: 'Rotate', remove: 'Delete', logs: 'Logs', of: (action: string, name: string) => `${action}: ${name}`,
  grace: 'The old key still works', graceUntil: 'until', endGrace: 'End it now',
  empty: {
    title: 'No keys yet', text: 'A call key starts with sk-. Put it into your program as the API key, and each AI call is counted and charged to it. Make one for each program: then you can limit it, turn it off or replace it without touching the others.',
    limits: ['Choose which models it may call, and from which addresses.', 'Give it a quota, so that it spends so much and no more.', 'Rotate it with a grace, so that nothing stops while you exchange it.'],
  },
  form: {
    createTitle: 'Create a key', editTitle: (name: string) => `Edit ${name}`, save: 'Save', name: 'Name', nameHint: 'What the key is for, e.g. the program that uses it.',
    expires: 'Expires', lifetimes: { never: 'Never', week: 'In 7 days', month: 'In 30 days', quarter: 'In 90 days', year: 'In a year', custom: 'At a moment of your choice' }, expiresAt: 'Moment',
    models: 'Models', modelsHint: 'One a line. None: it may call all models.', allowedIps: 'Allowed addresses', allowedIpsHint: 'IP addresses or ranges such as 203.0.113.0/24, one a line. None: it may be used from anywhere.',
    quota: 'Quota', quotaHint: 'What it may spend. Empty: no limit.', quotaLeft: 'Quota left', quotaLeftHint: 'What it may spend from now on. Empty: no limit.',
  },
  created: { title: 'Your new key', explanation: 'Copy it now: it is shown this once, and is kept here as a fingerprint alone. Whoever has it can spend its quota.' },
  rotation: {
    title: (name: string) => `Rotate ${name}`, explanation: 'The key gets a new secret; name, limits and quota stay. The old secret works on for the grace that you choose.', grace: 'Grace',
    graces: { 0: 'None: the old key stops at once', 1: '1 hour', 24: '1 day', 72: '3 days', 168: '7 days' }, submit: 'Rotate key', done: 'Your new secret',
  },
  graceEnd: { title: 'End the grace?', explanation: (name: string) => `Programs that still use the old secret of ${name} are refused from the next call on.`, submit: 'End the grace', done: 'The old secret does not work any more.' },
  deletion: {
    title: (count: number) => (count === 1 ? 'Delete this key?' : `Delete ${count} keys?`), explanation: 'Programs that use them are refused from the next call on. This cannot be undone; the logs stay, and calls under way are still logged.',
    submit: 'Delete', done: (count: number) => (count === 1 ? 'The key is deleted.' : `${count} keys are deleted.`),
  },
  done: { saved: 'The key is saved.', off: (name: string) => `${name} is off: its calls are refused.`, on: (name: string) => `${name} is on.` },
};
