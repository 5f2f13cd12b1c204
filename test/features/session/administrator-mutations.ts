import { newUsername } from '../../support/users.js';
import { act, goodReason } from '../administration/actions.js';
import type { AuthorizedMutation } from './authorized-mutation.js';
import { rootOf } from './session-endings.js';
import { change, newTwoSessions, type TwoSessions } from './two-sessions.js';

/** Another user to act on. */
const newTarget = async (user: TwoSessions, twoFactor = false) => ({
  reason: goodReason,
  userId: (await newTwoSessions(user, { twoFactor })).id,
});

const mutations: readonly AuthorizedMutation[] = [
  {
    name: 'createUser',
    fields: 'user { id } passwordLink serviceToken',
    prepare: () => Promise.resolve({ reason: goodReason, username: newUsername() }),
  },
  {
    name: 'resetUserTwoFactor',
    fields: 'user { id }',
    prepare: (user) => newTarget(user, true),
  },
  { name: 'sendUserPasswordReset', fields: 'resetLink', twoTransactions: true, prepare: (user) => newTarget(user) },
  { name: 'revokeUserSessions', fields: 'revokedCount', prepare: (user) => newTarget(user) },
  {
    name: 'setUserStatus',
    fields: 'user { id }',
    prepare: async (user) => ({ ...(await newTarget(user)), status: 'DISABLED' }),
  },
  { name: 'deleteUser', fields: 'deletedUserId', prepare: (user) => newTarget(user) },
  {
    name: 'restoreUser',
    fields: 'user { id }',
    prepare: async (user) => {
      const target = await newTarget(user);
      await act(await rootOf(user), 'deleteUser', target);
      return target;
    },
  },
  {
    name: 'setUserRole',
    fields: 'user { id }',
    role: 'ROOT',
    prepare: async (user) => ({ ...(await newTarget(user)), role: 'ADMIN' }),
  },
  {
    name: 'resetServiceToken',
    fields: 'token',
    role: 'ROOT',
    prepare: async (user) => {
      const gateway = { reason: goodReason, username: newUsername(), role: 'SERVICE' };
      const { user: made } = await change(await rootOf(user), 'createUser', 'user { id }', gateway);
      return { reason: goodReason, userId: (made as { id: string }).id };
    },
  },
];

/** Those of administrators, at a session. */
export const administratorMutations = mutations.map((mutation) => ({ role: 'ADMIN' as const, ...mutation }));
