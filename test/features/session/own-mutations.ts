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

const newToken = async ({ there }: TwoSessions) =>
  ((await change(there, 'createAccessToken', 'accessToken { id }', accessTokenInput))['accessToken'] as { id: string })
    .id;
const accessTokenInput = { name: 'token', scopes: ['KEYS_READ'] };

/** Those of access tokens, at a session. */
export const accessTokenMutations: readonly AuthorizedMutation[] = [
  { name: 'createAccessToken', fields: 'token', prepare: () => Promise.resolve(accessTokenInput) },
  {
    name: 'updateAccessToken',
    fields: 'accessToken { id }',
    prepare: async (user) => ({ id: await newToken(user), name: 'new' }),
  },
  { name: 'rotateAccessToken', fields: 'token', prepare: async (user) => ({ id: await newToken(user) }) },
  { name: 'revokeAccessTokens', fields: 'revokedIds', prepare: async (user) => ({ ids: [await newToken(user)] }) },
];

/** Those of identity tokens, at a session. */
export const identityTokenMutations: readonly AuthorizedMutation[] = [
  {
    name: 'issueIdentityToken',
    fields: 'token',
    endedBy: ['changePassword', 'revokeEverything', 'revokeSession', 'setUserStatus', 'setUserRole'],
    // The first token of the server creates the key that signs.
    prepare: async ({ here }) => {
      await change(here, 'issueIdentityToken', 'token', { audience: 'console' });
      return { audience: 'console' };
    },
  },
];

/** Those of users, at a session. */
export const ownMutations: readonly AuthorizedMutation[] = [
  { name: 'setLocale', fields: 'user { id }', prepare: () => Promise.resolve({ locale: 'ZH' }) },
  { name: 'setUsageWarnings', fields: 'user { id }', prepare: () => Promise.resolve({ percentages: [50] }) },
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
  {
    name: 'revokeEverything',
    fields: 'sessions session { token }',
    endsOthers: true,
    prepare: () => Promise.resolve({}),
  },
  {
    name: 'deleteMyAccount',
    fields: 'erasedAt',
    endsOthers: true,
    endsOwn: true,
    prepare: () => Promise.resolve({ password: goodPassword }),
  },
  {
    name: 'deleteMyAccount',
    variant: 'with two factors',
    fields: 'erasedAt',
    twoFactor: true,
    endsOthers: true,
    endsOwn: true,
    prepare: async ({ code }) => ({ password: goodPassword, factor: { totpCode: await code() } }),
  },
  {
    name: 'forgetTrustedBrowsers',
    fields: 'forgottenIds',
    prepare: async ({ two, accountId }) => {
      await two.database.query(
        `insert into trusted_browsers (id, account_id, token_hash, auth_version, created_at, last_used_at, expires_at)
         select gen_random_uuid(), id, gen_random_uuid()::text, auth_version, now(), now(), now() + interval '1 day'
         from accounts where id = $1`,
        [accountId],
      );
      return {};
    },
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
