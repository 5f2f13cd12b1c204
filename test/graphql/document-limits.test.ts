import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { findExceededLimit } from '../../src/graphql/limits/document-limits.js';
import { query } from '../support/database.js';
import { goodPassword, newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

let postern: TestPostern;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern);
});
afterAll(() => postern.close());

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const wasExecuted = async (document: string) => (await user.client.send(document)).data !== null;

describe('document limits (R-80)', () => {
  test.each<[string, (n: number) => string, number]>([
    ['aliases', (n) => `{ me { ${times(n, (k) => `a${k}: id`)} } }`, 15],
    [
      'root fields',
      (n) => `{ ${times(n, (k) => (k === 0 ? 'me { id }' : k % 2 ? `b${k}: __typename` : `c${k}: __typename`))} }`,
      10,
    ],
    ['directives', (n) => `{ me { id ${times(n, () => '@include(if: true)').replaceAll(' @', ' id @')} } }`, 10],
    [
      'fragments',
      (n) => `{ me { id ${times(n, (k) => `...F${k}`)} } } ${times(n, (k) => `fragment F${k} on User { username }`)}`,
      10,
    ],
    ['characters', (n) => `{ me { id } }${' '.repeat(n - 13)}`, 8_192],
  ])('limits the number of %s in a document', async (_name, document, limit) => {
    expect(await wasExecuted(document(limit))).toBe(true);
    expect(await wasExecuted(document(limit + 3))).toBe(false);
  });

  test.each<[string, (n: number) => string, number]>([
    ['depth', (n) => `{ ${'deeper { '.repeat(n - 1)} flat ${'} '.repeat(n - 1)} }`, 7],
    ['cost, one per field', (n) => `{ deeper { ${times(n - 1, (k) => `flat${k}`)} } }`, 1_000],
    ['repeated fields', (n) => `{ deeper { ${times(n + 1, () => 'flat')} } }`, 200],
    [
      'repeated fields with a field below each',
      (n) => `{ deeper { ${times(Math.ceil(n / 2) + 1, () => 'deeper { flat }')} } }`,
      200,
    ],
    [
      'repeated fields in inline fragments',
      (n) => `{ deeper { ...F } } fragment F on T { ${times(n + 1, () => '... { flat }')} }`,
      200,
    ],
    ['repeated fields in an unused fragment', (n) => `{ a } fragment F on T { ${times(n + 1, () => 'flat')} }`, 200],
    [
      'repeated fields in the first of two fragments of one name',
      (n) => `{ a { ...F } } fragment F on T { ${times(n + 1, () => 'flat')} } fragment F on T { flat }`,
      200,
    ],
    [
      'repeated fields in the second operation',
      (n) => `query A { flat } query B { deeper { ${times(n + 1, () => 'flat')} } }`,
      200,
    ],
  ])('limits an operation’s %s', (_name, document, limit) => {
    const exceeded = (size: number) => findExceededLimit(parse(document(size)));
    expect(exceeded(limit)).toBeUndefined();
    expect(exceeded(limit + 1)).toEqual(expect.any(String));
  });

  test.each<[string, string]>([
    ['characters', `{ unknown }${' '.repeat(8_192)}`],
    ['fragments', `{ unknown } ${times(11, (n) => `fragment F${n} on User { id }`)}`],
    ['depth', `{ unknown ${'me { '.repeat(8)} id ${'} '.repeat(8)} }`],
    ['depth of introspection', `{ unknown __schema { ${'a { '.repeat(20)} b ${'} '.repeat(20)} } }`],
    ['cost', `{ unknown me { callKeys(first: 100) { edges { node { ${times(101, (n) => `unknown${n}`)} } } } } }`],
    ['aliases', `{ me { unknown ${times(16, (n) => `a${n}: id`)} } }`],
    ['root fields', `{ ${times(240, () => 'me { unknown }')} }`],
    ['directives', `{ me { unknown ${times(11, () => 'id @include(if: true)')} } }`],
    ['sensitive mutations', 'mutation { unknown login { unknown } register { unknown } }'],
    ['repeated fields', `{ me { unknown ${times(202, () => 'id')} } }`],
    [
      'selections',
      `{ me { unknown ...F0 } } ${times(5, (n) => `fragment F${n} on User { ${times(6, () => `...F${n + 1}`)} }`)}`,
    ],
  ])('does not validate a document that exceeds the limit of %s (R-81)', async (_name, document) => {
    const { status, data, errors } = await user.client.send(document);
    expect({ status, data }).toEqual({ status: 400, data: null });
    expect(errors).toEqual([
      { message: findExceededLimit(parse(document)), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['cost for anonymous callers', `{ policy { ${times(201, (n) => `unknown${n}`)} } }`, {}],
    [
      'cost by a variable',
      `query ($n: Int) { me { callKeys(first: $n) { edges { node { ${times(30, (n) => `unknown${n}`)} } } } } }`,
      { n: 100 },
    ],
    ['strings in variables', '{ unknown }', { text: 'x'.repeat(4_097) }],
    ['lists in variables', '{ unknown }', { list: Array.from({ length: 101 }, () => 1) }],
  ])(
    'does not validate the document of a request that exceeds the limit of %s (R-81)',
    async (_name, document, variables) => {
      const { status, data, errors } = await postern.client().send(document, variables);
      expect({ status, data }).toEqual({ status: 400, data: null });
      expect(errors).toEqual([{ message: expect.not.stringMatching(/unknown/), extensions: { code: 'BAD_REQUEST' } }]);
    },
  );

  test('keeps no rejection of a document for another caller (R-88)', async () => {
    const document = `{ me { ${times(16, () => `callKeys(first: 50) { edges { node { id } } }`)} } }`;
    const reject = async () =>
      expect((await postern.client().send(document)).errors).toEqual([
        { message: expect.stringContaining('Without signing in'), extensions: { code: 'BAD_REQUEST' } },
      ]);
    await reject();
    expect(await user.client.send(document)).toMatchObject({ status: 200, errors: [] });
    await reject();
  });

  test('limits the size of a request body before reading it', async () => {
    const ofBytes = async (count: number) => {
      const body = JSON.stringify({ query: '{ me { id } }' });
      const { status, data } = await user.client.post(body.padEnd(count));
      return [status, data !== null];
    };
    expect(await ofBytes(64 * 1_024)).toEqual([200, true]);
    expect(await ofBytes(64 * 1_024 + 1)).toEqual([413, false]);
  });

  test('limits the number of tokens while parsing a document', async () => {
    const ofTokens = async (count: number) =>
      (await user.client.send(`{ me { ${times(count - 6, () => 'id')} } }`)).errors[0]!.extensions['code'];
    expect(await ofTokens(1_000)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await ofTokens(1_002)).toBe('GRAPHQL_PARSE_FAILED');
  });

  test('limits the depth of introspection separately (R-80)', async () => {
    const types = (levels: number) =>
      `{ __schema { types { fields { type { ${'ofType { '.repeat(levels - 5)} name ${'} '.repeat(levels - 5)} } } } } }`;
    expect(await wasExecuted(types(20))).toBe(true);
    expect(await wasExecuted(types(21))).toBe(false);
  });

  test('accepts the full introspection query that Apollo Sandbox and the explorer send (R-80)', async () => {
    const answer = await user.client.send(
      getIntrospectionQuery({
        descriptions: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      }),
    );
    expect(answer.errors).toEqual([]);
  });

  test('rejects circular fragments (R-81)', async () => {
    const answer = await user.client.send('{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }');
    expect(answer.errors.length).toBeGreaterThan(0);
  });

  test.each<[string, string]>([
    ['nested inline fragments', `{ me { ${'... on User { '.repeat(400)} id ${'} '.repeat(400)} } }`],
    ['thousands of the same field', `{ me { ${'id '.repeat(5_000)} } }`],
    ['ten thousand directives', `{ me { id ${'@include(if:true)'.repeat(10_000)} } }`],
    [
      'fragments that double at each level',
      `{ me { ...F0 } } ${times(10, (n) => `fragment F${n} on User { ${n === 9 ? 'id' : `...F${n + 1} `.repeat(6)} }`)}`,
    ],
    ['a deep list literal', `{ node(id: ${'['.repeat(1_000)}1${']'.repeat(1_000)}) { id } }`],
  ])('rejects %s with at most ten errors (R-81)', async (_name, document) => {
    const answer = await user.client.send(document);
    expect(answer.data).toBeNull();
    expect(answer.errors.length).toBeLessThanOrEqual(10);
  });

  test('returns at most ten errors for fifty unknown fields (R-81)', async () => {
    const answer = await user.client.send(`{ me { ${times(50, (n) => `unknown${n}`)} } }`);
    expect(answer.data).toBeNull();
    expect(answer.errors.length).toBeLessThanOrEqual(10);
  });

  test.each<[string, string, unknown]>([
    [
      'one variable of two hundred objects',
      'query ($v0: ID!) { node(id: $v0) { id } }',
      { v0: Array.from({ length: 200 }, () => ({})) },
    ],
    [
      'twenty wrong variables',
      `query (${times(10, (n) => `$v${n}: ID! $w${n}: Boolean!`)}) { ${times(10, (n) => `a${n}: node(id: $v${n}) { id @include(if: $w${n}) }`)} }`,
      Object.fromEntries(
        Array.from({ length: 10 }, (_, n) => [
          [`v${n}`, {}],
          [`w${n}`, 'yes'],
        ]).flat(),
      ),
    ],
    [
      'a list with fifty wrong entries',
      'mutation ($ids: [ID!]!) { deleteCallKeys(input: { ids: $ids }) { deletedIds } }',
      { ids: Array.from({ length: 50 }, () => ({})) },
    ],
  ])('returns at most ten errors for %s, and logs none (R-81)', async (_name, document, variables) => {
    const logged = postern.log.length;
    const answer = await user.client.send(document, variables as Record<string, unknown>);
    expect(answer.data).toBeNull();
    for (const { extensions } of answer.errors) expect(['BAD_USER_INPUT', 'BAD_REQUEST']).toContain(extensions['code']);
    expect(postern.log.slice(logged).filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(answer.errors.length).toBeLessThanOrEqual(10);
  });
});

describe('one sensitive mutation per operation (R-17)', () => {
  const login = (alias: string, password: string) =>
    `${alias}: login(input: { login: "${user.username}", password: "${password}", delivery: BEARER }) { session { token } userErrors { code } }`;
  const attempts = () => query(postern.database, 'select * from attempts');

  test.each<[string, (guesses: string[]) => string]>([
    ['by aliases', (guesses) => `mutation { ${guesses.map((guess, n) => login(`a${n}`, guess)).join(' ')} }`],
    [
      'in a fragment',
      (guesses) =>
        `mutation { ...F } fragment F on Mutation { ${guesses.map((guess, n) => login(`a${n}`, guess)).join(' ')} }`,
    ],
    [
      'in inline fragments',
      (guesses) =>
        `mutation { ${guesses.map((guess, n) => `... on Mutation { ${login(`a${n}`, guess)} }`).join(' ')} }`,
    ],
    [
      'behind @skip',
      (guesses) =>
        `mutation { ${guesses.map((guess, n) => login(`a${n}`, guess).replace(' {', ' @skip(if: false) {')).join(' ')} }`,
    ],
    [
      'in a fragment used twice',
      ([guess]) =>
        `mutation { ...F b: __typename ...F ${login('c', guess!)} } fragment F on Mutation { ${login('a', guess!)} }`,
    ],
  ])('rejects several sign-ins %s without executing any or taking an attempt', async (_name, pack) => {
    const before = await attempts();
    const answer = await postern.client().send(pack(['wrong-wrong', goodPassword]));
    expect(answer.data).toBeNull();
    expect(answer.text).not.toContain('pss_');
    expect(await attempts()).toEqual(before);
  });

  test('rejects two different sensitive mutations in one operation', async () => {
    const answer = await postern
      .client()
      .send(
        `mutation { ${login('a', goodPassword)} changePassword(input: { currentPassword: "x", newPassword: "y", confirmPassword: "y" }) { userErrors { code } } }`,
      );
    expect(answer.data).toBeNull();
  });
});

describe('limits of variables', () => {
  const node = (id: unknown) => user.client.send('query ($id: ID!) { node(id: $id) { id } }', { id });

  test('accepts a variable with a string of 4,096 bytes, and rejects a longer string (R-87)', async () => {
    expect((await node('x'.repeat(4_096))).errors).toEqual([]);
    expect((await node('é'.repeat(2_049))).data).toBeNull();
  });

  test('accepts a variable with a list of 100 entries, and rejects a longer list (R-87)', async () => {
    expect((await node(Array.from({ length: 101 }, () => 'x'))).data).toBeNull();
    const unused = (entries: number) =>
      user.client.send('{ me { id } }', { ids: Array.from({ length: entries }, () => 'x') });
    expect((await unused(100)).errors).toEqual([]);
    expect((await unused(101)).data).toBeNull();
  });

  test('rejects variables nested more than ten levels deep (R-87)', async () => {
    const nested = (levels: number) =>
      user.client.post(
        `{ "query": "{ me { id } }", "variables": { "unused": ${'['.repeat(levels)}${']'.repeat(levels)} } }`,
      );
    expect((await nested(10)).errors).toEqual([]);
    for (const levels of [11, 30_000]) {
      const answer = await nested(levels);
      expect([answer.status, answer.data]).toEqual([400, null]);
    }
  });

  test('limits the cost of an anonymous operation to 200 fields (R-88)', async () => {
    const wide = (count: number) => `{ ${times(8, (n) => `a${n}: policy { ${times(count, () => 'registration')} }`)} }`;
    expect((await postern.client().send(wide(24))).errors).toEqual([]);
    expect((await postern.client().send(wide(25))).data).toBeNull();
  });
});
