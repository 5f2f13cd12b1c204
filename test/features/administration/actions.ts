import type { Answer, Client } from '../../support/client.js';

/** The fields that each act of an administrator returns besides its user errors. */
const answers = {
  createUser: 'user { id username role status } passwordLink serviceToken',
  setUserStatus: 'user { id status }',
  setUserRole: 'user { id role }',
  resetUserTwoFactor: 'user { id twoFactor { enabled } }',
  sendUserPasswordReset: 'resetLink',
  revokeUserSessions: 'revokedCount',
  resetServiceToken: 'token',
  deleteUser: 'deletedUserId',
  restoreUser: 'user { id status }',
} as const;

export type ActName = keyof typeof answers;

/** The acts on an existing user; createUser has none. */
export const actsOnUsers = (Object.keys(answers) as ActName[]).filter((name) => name !== 'createUser');

export const goodReason = 'Ticket 4711: asked for by phone';

export const act = (
  client: Client,
  name: ActName,
  input: Record<string, unknown>,
): Promise<Answer<Record<string, any>>> =>
  client.send(
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${answers[name]} userErrors { code field message } } }`,
    { input: { reason: goodReason, ...input } },
  );
