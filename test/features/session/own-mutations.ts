import { totpCode } from '../../support/two-factor.js';
import { goodPassword, newAddress, newUsername } from '../../support/users.js';
import type { AuthorizedMutation } from './authorized-mutation.js';
import { newPassword } from './session-endings.js';
import { change, requestCode, type TwoSessions } from './two-sessions.js';

const newKey = async ({ there }: TwoSessions) =>
  ((await change(there, 'createCallKey', 'callKey { id }', { name: 'key' }))['callKey'] as { id: string }).id;
/** Those that an API token authorizes, too. */
export const callKeyMutations: readonly AuthorizedMutation[] = [
  { name: 'createCallKey', fields: 'key callKey { id }', prepare: () => Promise.resolve({ name: 'key' }) },
  {
    name: 'updateCallKey',
    fields: 'callKey { id }',
    prepare: async (user) => ({ id: await newKey(user), name: 'new' }),
  },
  { name: 'rotateCallKey', fields: 'key callKey { id }', prepare: async (user) => ({ id: await newKey(user) }) },
  {
    name: 'endCallKeyGrace',
    fields: 'callKey { id }',
    prepare: async (user) => {
      const id = await newKey(user);
      await change(user.there, 'rotateCallKey', 'key', { id, graceHours: 1 });
      return { id };
    },
  },
  { name: 'deleteCallKeys', fields: 'deletedIds', prepare: async (user) => ({ ids: [await newKey(user)] }) },
];

/** Those of users, at a session. */
export const ownMutations: readonly AuthorizedMutation[] = [
  { name: 'setLocale', fields: 'user { id }', prepare: () => Promise.resolve({ locale: 'ZH' }) },
  { name: 'sendVerificationCode', fields: 'expiresAt', prepare: () => Promise.resolve({ email: newAddress() }) },
  { name: 'bindEmail', fields: 'user { id }', prepare: (user) => requestCode(user, newAddress()) },
  {
    name: 'viewApiToken',
    fields: 'token',
    prepare: async ({ here }) => {
      await change(here, 'resetApiToken', 'token');
    },
  },
  { name: 'resetApiToken', fields: 'token' },
  {
    name: 'revokeSession',
    fields: 'revokedSessionId',
    endsOthers: true,
    prepare: ({ hereId }) => Promise.resolve({ sessionId: hereId }),
  },
  { name: 'revokeOtherSessions', fields: 'revokedCount', endsOthers: true },
  {
    name: 'confirmIdentity',
    fields: 'stepUpExpiresAt session { token }',
    prepare: () => Promise.resolve({ password: goodPassword }),
  },
  {
    name: 'changePassword',
    fields: 'session { token }',
    endsOthers: true,
    prepare: () => Promise.resolve({ ...newPassword, currentPassword: goodPassword }),
  },
  { name: 'enableTwoFactor', fields: 'enrolment { secret otpauthUri }' },
  {
    name: 'confirmTwoFactor',
    fields: 'backupCodes session { token }',
    endsOthers: true,
    // The pending enrolment is deleted with its session.
    refusals: { revokeSession: ['INVALID_CODE', 'code'] },
    prepare: async ({ there }) => {
      const { enrolment } = await change(there, 'enableTwoFactor', 'enrolment { secret }');
      return { code: await totpCode((enrolment as { secret: string }).secret, new Date()) };
    },
  },
  {
    name: 'changeUsername',
    fields: 'user { id }',
    prepare: () => Promise.resolve({ username: `renamed${newUsername()}` }),
  },
  {
    name: 'disableTwoFactor',
    fields: 'session { token }',
    twoFactor: true,
    endsOthers: true,
    prepare: async ({ code }) => ({ factor: { totpCode: await code() } }),
  },
  {
    name: 'regenerateBackupCodes',
    fields: 'backupCodes',
    twoFactor: true,
    prepare: async ({ code }) => ({ code: await code() }),
  },
];
