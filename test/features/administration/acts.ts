import type { Answer, Client } from '../../support/client.js';

/** What each act of an administrator answers with, beside its refusals. */
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

/** What administrators do to somebody else; createUser has nobody to do it to. */
export const actsOnSomebody = (Object.keys(answers) as ActName[]).filter((name) => name !== 'createUser');

export const goodReason = 'Ticket 4711: asked for by phone';

/** Carries out an act of an administrator. */
export const act = (
  client: Client,
  name: ActName,
  input: Record<string, unknown>,
): Promise<Answer<Record<string, any>>> =>
  client.send(
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${answers[name]} userErrors { code field message } } }`,
    { input: { reason: goodReason, ...input } },
  );
