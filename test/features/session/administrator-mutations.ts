import { fromGlobalId } from '../../../src/rules/global-id.js';
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

/** Nothing listens there. */
const webhookUrl = 'http://127.0.0.1:9/';

/** The only webhook. @returns its ID */
async function newWebhook(user: TwoSessions): Promise<string> {
  const root = await rootOf(user);
  const { data } = await root.send('{ webhooks { id } }');
  for (const { id } of data['webhooks'] as { id: string }[])
    await change(root, 'deleteWebhook', 'deletedWebhookId', { id });
  const { webhook } = await change(root, 'createWebhook', 'webhook { id }', { url: webhookUrl });
  return (webhook as { id: string }).id;
}

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
  {
    name: 'sendUserPasswordReset',
    fields: 'resetLink',
    limitBetween: ({ userId }) => `passwordLinkPerAccount:${fromGlobalId('User', userId as string)}`,
    prepare: (user) => newTarget(user),
  },
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
  {
    name: 'createWebhook',
    fields: 'secret webhook { id }',
    role: 'ROOT',
    prepare: async (user) => {
      // Deletes those of other tests, because there can be 20.
      await newWebhook(user);
      return { url: webhookUrl };
    },
  },
  {
    name: 'updateWebhook',
    fields: 'webhook { id }',
    role: 'ROOT',
    prepare: async (user) => ({ id: await newWebhook(user), status: 'DISABLED' }),
  },
  {
    name: 'rotateWebhookSecret',
    fields: 'secret webhook { id }',
    role: 'ROOT',
    prepare: async (user) => ({ id: await newWebhook(user) }),
  },
  {
    name: 'testWebhook',
    fields: 'delivery { id }',
    role: 'ROOT',
    prepare: async (user) => ({ id: await newWebhook(user) }),
  },
  {
    name: 'deleteWebhook',
    fields: 'deletedWebhookId',
    role: 'ROOT',
    prepare: async (user) => ({ id: await newWebhook(user) }),
  },
];

/** Those of administrators, at a session. */
export const administratorMutations = mutations.map((mutation) => ({ role: 'ADMIN' as const, ...mutation }));
