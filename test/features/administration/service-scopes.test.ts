import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { programWith } from '../../support/access-tokens.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { act } from './actions.js';
import { accountOf, newUserOfRole } from './administrators.js';

let postern: TestPostern;
let root: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  root = await newUserOfRole(postern, 'ROOT');
});
afterAll(() => postern.close());

const scopesOf = async (id: string, { client } = root) =>
  (await client.send('query ($id: ID!) { user(id: $id) { serviceScopes } }', { id })).data['user'].serviceScopes;

const create = (input: object) =>
  act(root.client, 'createUser', { username: newUsername(), role: 'SERVICE', ...input });

test.each([
  ['both scopes', { serviceScopes: ['CREDENTIALS', 'CALL_KEYS'] }, ['CREDENTIALS', 'CALL_KEYS']],
  ['one scope', { serviceScopes: ['CREDENTIALS'] }, ['CREDENTIALS']],
  ['no scopes given', {}, ['CALL_KEYS']],
  ['null given', { serviceScopes: null }, ['CALL_KEYS']],
])('creates a service account with %s (R-120)', async (_name, input, expected) => {
  const { data } = await create(input);
  const { user, serviceToken, userErrors } = data['createUser'];
  expect(userErrors).toEqual([]);
  expect(await scopesOf(user.id)).toEqual(expected);
  const program = programWith(postern, serviceToken);
  const verifiesCredentials = await program.send('{ verifyCredential(credential: "x") { active } }');
  const verifiesCallKeys = await program.send('{ verifyCallKey(key: "x") { valid } }');
  expect([verifiesCallKeys.errors.length === 0, verifiesCredentials.errors.length === 0]).toEqual([
    expected.includes('CALL_KEYS'),
    expected.includes('CREDENTIALS'),
  ]);
});

test.each([
  ['without a scope', { serviceScopes: [] }],
  ['with a repeated scope', { serviceScopes: ['CALL_KEYS', 'CALL_KEYS'] }],
  ['of a user', { role: 'USER', serviceScopes: ['CALL_KEYS'] }],
  ['of an administrator', { role: 'ADMIN', serviceScopes: ['CREDENTIALS'] }],
  ['of a user, with an empty list', { role: 'USER', serviceScopes: [] }],
])('refuses an account %s, and creates none (R-120)', async (_name, input) => {
  const username = newUsername();
  expect(await create({ username, ...input })).toBeRefusedWith(['INVALID_VALUE', 'serviceScopes']);
  expect(await accountOf(postern, { username })).toBeUndefined();
});

test('shows service scopes to administrators only, and null for users', async () => {
  const { user, serviceToken } = (await create({})).data['createUser'];
  const someone = await newUser(postern);
  expect(await scopesOf(someone.id)).toBeNull();
  expect(await scopesOf(user.id, await newUserOfRole(postern, 'ADMIN'))).toEqual(['CALL_KEYS']);
  expect(await someone.client.send('{ me { serviceScopes } }')).toFailWith('FORBIDDEN');
  expect(await programWith(postern, serviceToken).send('{ me { serviceScopes } }')).toFailWith('FORBIDDEN');
  const list = await root.client.send('{ users(filter: { role: SERVICE }) { edges { node { serviceScopes } } } }');
  expect(list.data['users'].edges.length).toBeGreaterThan(0);
  for (const { node } of list.data['users'].edges) expect(node.serviceScopes.length).toBeGreaterThan(0);
});

test('keeps the scopes when the role can’t change', async () => {
  const [{ user }, someone] = [(await create({})).data['createUser'], await newUser(postern)];
  expect(await act(root.client, 'setUserRole', { userId: user.id, role: 'USER' })).toBeRefusedWith([
    'INVALID_VALUE',
    'userId',
  ]);
  expect(await act(root.client, 'setUserRole', { userId: someone.id, role: 'SERVICE' })).toBeRefusedWith([
    'INVALID_VALUE',
    'role',
  ]);
  expect([await scopesOf(user.id), await scopesOf(someone.id)]).toEqual([['CALL_KEYS'], null]);
});

test.each([
  ['a service account without scopes', "update accounts set role = 'SERVICE' where username = ?"],
  ['a user with scopes', "update accounts set service_scopes = '{CALL_KEYS}' where username = ?"],
])('rejects %s with a database constraint', async (_name, change) => {
  const { username } = await newUser(postern);
  await expect(query(postern.database, change, [username])).rejects.toThrow('accounts_service_with_scopes');
});
