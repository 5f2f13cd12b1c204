import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createService } from '../../../src/features/administration/create-service.js';
import { program } from '../api-token/own-token.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import type { Client } from '../../support/client.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { noAuthority } from '../../../src/rules/authority.js';
import { transaction } from '../../../src/rules/transaction.js';
import { ruleContext } from '../../support/rule-context.js';
import { act } from './actions.js';
import { newUserOfRole } from './administrators.js';

let postern: TestPostern;
let gateway: Client;
let admin: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  const { token } = await transaction(ruleContext(postern), noAuthority, (context) =>
    createService(context, { username: newUsername(), scopes: ['CALL_KEYS'] }),
  );
  gateway = program(postern, token);
  admin = await newUserOfRole(postern, 'ADMIN');
});
afterAll(() => postern.close());

const refusalOf = async (key: string) =>
  (await gateway.send('query ($key: String!) { verifyCallKey(key: $key) { refusal } }', { key })).data['verifyCallKey']
    .refusal as string | null;

test('rejects call keys while their owner is disabled or deleted, and accepts them afterwards (R-66)', async () => {
  const owner = await newUser(postern);
  const { key } = await newCallKeyOf(owner.client);
  const refusals: (string | null)[] = [await refusalOf(key)];
  for (const [name, extra] of [
    ['setUserStatus', { status: 'DISABLED' }],
    ['setUserStatus', { status: 'ACTIVE' }],
    ['deleteUser', {}],
    ['restoreUser', {}],
  ] as const) {
    expect(await act(admin.client, name, { userId: owner.id, ...extra })).toSucceed();
    refusals.push(await refusalOf(key));
  }
  expect(refusals).toEqual([null, 'OWNER_DISABLED', null, 'OWNER_DISABLED', null]);
});
