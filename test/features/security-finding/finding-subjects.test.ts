import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../../src/duration.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { deleteKeys, newCallKeyOf, updateKey } from '../call-key/own-keys.js';
import { newUserOfRole } from '../administration/administrators.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ SESSION_REMEMBERED_IDLE_HOURS: '72' });
});
afterAll(() => postern.close());

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly subject: { readonly __typename: string; readonly id: string; readonly name?: string } | null;
}

const FINDINGS = 'securityFindings { code message subject { __typename id ... on CallKey { name } } }';

/** The findings of the viewer with a code. */
async function findingsOf(client: Client, code: string): Promise<Finding[]> {
  const { data, errors } = await client.send(`{ me { ${FINDINGS} } }`);
  expect(errors).toEqual([]);
  return (data['me'].securityFindings as Finding[]).filter((finding) => finding.code === code);
}

/** Sets when a call key was last used. */
const usedDaysAgo = (hint: string, count: number) =>
  query(postern.database, 'update call_keys set last_used_at = ? where hint = ?', [
    new Date(postern.clock.read().getTime() - days(count)),
    hint,
  ]);

/** Creates call keys with these names, each last used this number of days ago. */
async function newKeysUsedDaysAgo(client: Client, ages: Readonly<Record<string, number>>) {
  const keys: Record<string, string> = {};
  for (const [name, age] of Object.entries(ages)) {
    const { id, hint } = await newCallKeyOf(client, { name });
    await usedDaysAgo(hint, age);
    keys[name] = id;
  }
  return keys;
}

test('reports each unused call key with the key as subject, longest unused first', async () => {
  const { client } = await newUser(postern);
  const keys = await newKeysUsedDaysAgo(client, { shorter: 91, used: 89, longer: 200 });
  const found = await findingsOf(client, 'CALL_KEY_UNUSED');
  expect(found.map(({ subject }) => subject)).toEqual([
    { __typename: 'CallKey', id: keys['longer'], name: 'longer' },
    { __typename: 'CallKey', id: keys['shorter'], name: 'shorter' },
  ]);
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('“longer”'),
    expect.stringContaining('“shorter”'),
  ]);
  expect(await deleteKeys(client, [found[0]!.subject!.id])).toSucceed();
  expect((await findingsOf(client, 'CALL_KEY_UNUSED')).map(({ subject }) => subject!.name)).toEqual(['shorter']);
});

test('reports at most five unused call keys, and the next one when one of them is disabled', async () => {
  const { client } = await newUser(postern);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const keys = await newKeysUsedDaysAgo(client, Object.fromEntries(names.map((name, index) => [name, 200 - index])));
  const reported = async () => (await findingsOf(client, 'CALL_KEY_UNUSED')).map(({ subject }) => subject!.name);
  expect(await reported()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await updateKey(client, { id: keys['b']!, status: 'DISABLED' })).toSucceed();
  expect(await reported()).toEqual(['a', 'c', 'd', 'e', 'f']);
});

test('reports an unused API token as subject, which only its owner reads by ID, and only by session', async () => {
  const [{ client, id: userId }, other, { client: administrator }] = [
    await newUser(postern),
    await newUser(postern),
    await newUserOfRole(postern, 'ADMIN'),
  ];
  const token = await newApiToken(client);
  await query(postern.database, 'update api_tokens set created_at = ?', [
    new Date(postern.clock.read().getTime() - days(90)),
  ]);
  const [found] = await findingsOf(client, 'API_TOKEN_UNUSED');
  expect(found!.subject).toEqual({ __typename: 'ApiToken', id: expect.stringMatching(/^apitoken_[0-9A-Za-z]{22}$/) });
  const seen = await administrator.send(`query ($id: ID!) { user(id: $id) { ${FINDINGS} } }`, { id: userId });
  expect(seen.data['user'].securityFindings).toContainEqual(found);
  const read = async (reader: Client) =>
    (
      await reader.send('query ($id: ID!) { node(id: $id) { ... on ApiToken { id hint } } }', {
        id: found!.subject!.id,
      })
    ).data['node'];
  const ownToken = (await client.send('{ me { apiToken { id hint } } }')).data['me'].apiToken;
  expect(await read(client)).toEqual(ownToken);
  expect(ownToken.id).toBe(found!.subject!.id);
  expect([await read(other.client), await read(administrator), await read(program(postern, token))]).toEqual([
    null,
    null,
    null,
  ]);
});

/** Signs a user in again, remembered, on a device with a user agent. */
async function signInOn({ username, password }: TestUser, userAgent: string): Promise<Client> {
  const client = postern.client();
  client.headers['user-agent'] = userAgent;
  const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
  expect(await client.send(login, { input: { login: username, password, rememberMe: true } })).toSucceed();
  return client;
}

test('reports each stale session with the session as subject, which revokeSession accepts', async () => {
  const user = await newUser(postern);
  await signInOn(user, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
  postern.clock.advance({ minutes: 1 });
  await signInOn(user, 'unknown/1.0');
  postern.clock.advance({ days: 2 });
  const client = await signIn(postern, user);
  const found = await findingsOf(client, 'STALE_SESSION');
  expect(found.map(({ message }) => message.split(' has been')[0])).toEqual(['Firefox on Linux', 'unknown']);
  const { data } = await client.send('{ me { sessions { id current } } }');
  const others = (data['me'].sessions as { id: string; current: boolean }[]).filter(({ current }) => !current);
  expect(found.map(({ subject }) => subject)).toEqual(
    others.toReversed().map(({ id }) => ({ __typename: 'Session', id })),
  );
  const revoke = 'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { userErrors { code } } }';
  expect(await client.send(revoke, { input: { sessionId: found[0]!.subject!.id } })).toSucceed();
  expect(await findingsOf(client, 'STALE_SESSION')).toEqual([found[1]]);
});

test('reports no subject when a finding is about the account itself', async () => {
  const { client } = await newUser(postern);
  for (const code of ['TWO_FACTOR_OFF', 'NO_EMAIL'])
    expect(await findingsOf(client, code)).toMatchObject([{ code, subject: null }]);
});
