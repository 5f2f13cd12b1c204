import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { act, type ActName } from '../administration/actions.js';
import { accountOf, newUserOfRole } from '../administration/administrators.js';
import { graphql } from '../../support/generated/gql.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { newUser, type TestUser } from '../../support/users.js';

const UseLink = graphql(`
  mutation UseLink($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }
`);

let postern: TestPostern;
let root: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  root = await newUserOfRole(postern, 'ROOT');
});
afterAll(() => postern.close());

/** The acts of an administrator, and what makes the account usable again. */
const acts: readonly (readonly [name: ActName, ...steps: (readonly [ActName, Record<string, unknown>])[]])[] = [
  ['setUserStatus', ['setUserStatus', { status: 'DISABLED' }], ['setUserStatus', { status: 'ACTIVE' }]],
  ['setUserRole', ['setUserRole', { role: 'ADMIN' }]],
  ['revokeUserSessions', ['revokeUserSessions', {}]],
  ['resetUserTwoFactor', ['resetUserTwoFactor', {}]],
  ['deleteUser', ['deleteUser', {}], ['restoreUser', {}]],
];

test.each(acts)('ends the link to set a password when %s changes the account (R-50, R-71)', async (name, ...steps) => {
  const user = await newUser(postern);
  const userId = (await user.client.send('{ me { id } }')).data['me'].id as string;
  if (name === 'resetUserTwoFactor') await markTwoFactorOn(postern.database, user.username);
  const { data } = await act(root.client, 'sendUserPasswordReset', { userId });
  const token = new URL(data['sendUserPasswordReset'].resetLink as string).hash.slice(1);
  for (const [step, input] of steps) expect(await act(root.client, step, { userId, ...input })).toSucceed();
  const before = await accountOf(postern, user);
  const input = { token, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' };
  expect(await postern.client().send(UseLink, { input })).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await accountOf(postern, user)).toEqual(before);
});
