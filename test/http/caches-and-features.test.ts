import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('forbids caching of every response, whether successful or rejected (R-60)', async () => {
  const client = postern.client();
  const answers = [
    await client.send('{ policy { registration } }'),
    await client.send('{ nothing }'),
    await client.post('{'),
    await client.post('{}', { 'content-type': 'text/plain' }),
  ];
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
    'no-store',
    'no-store',
    'no-store',
    'no-store',
  ]);
});

test('never mixes up the data of two concurrent users in a thousand requests (R-60)', async () => {
  const users = [await newUser(postern), await newUser(postern, 'BEARER')];
  const document = '{ me { username sessions { id } } }';
  const own = await Promise.all(users.map(async ({ client }) => (await client.send(document)).text));
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => users[n % 2]!.client.send(document)));
    expect(answers.filter(({ text }, n) => text !== own[n % 2])).toEqual([]);
  }
});

test('reads a list from the database once when it is selected under fifteen aliases (R-88)', async () => {
  const { client } = await newUser(postern);
  postern.statements.forget();
  const { data } = await client.send(
    `{ me { ${Array.from({ length: 15 }, (_, n) => `a${n}: sessions { id }`).join(' ')} } }`,
  );
  expect(Object.keys(data['me'])).toHaveLength(15);
  expect(postern.statements.texts).toHaveLength(2);
});

test('rejects persisted queries, uploads and subscriptions (R-90)', async () => {
  const client = postern.client();
  const hash = 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38';
  expect(
    (
      await client.post(
        JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }),
      )
    ).errors,
  ).not.toEqual([]);
  expect(
    (await client.post(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }))).data,
  ).toBeNull();
  expect((await client.post('--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
  expect((await client.send('subscription { me { id } }')).data).toBeNull();
  const upgrade = await fetch(`${postern.url}/graphql`, {
    headers: { 'sec-websocket-key': 'x', 'sec-websocket-version': '13' },
  });
  expect(upgrade.status).toBe(405);
});

test('reveals neither the schema nor server details in production (R-84)', async () => {
  const production = await startPostern({ NODE_ENV: 'production', PUBLIC_URL: 'https://account.example.org' });
  const client = production.client();
  for (const document of ['{ __schema { types { name } } }', '{ __type(name: "User") { name } }'])
    expect((await client.send(document)).data).toBeNull();
  const typo = await client.send('{ polici { registration } }');
  expect(typo.text).not.toMatch(/did you mean|policy/i);
  expect([...typo.headers.keys()].filter((name) => /powered|version|^server$|tracing/.test(name))).toEqual([]);
  expect(typo.text).not.toContain('tracing');
  await production.close();
});
