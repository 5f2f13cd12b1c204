import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client.js';
import { goodPassword, newUsername } from '../../support/users.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

/** Part of every password in this file, and of nothing else. */
const WORD = 'Hunter2Marker';
const NUMBER = '8472619350';
const SECRET = /hunter2marker|8472619350|84726\.1935|8\.47261935e/i;

const mutations = {
  login: ['login', 'password', 'rememberMe', 'delivery'],
  register: ['username', 'password', 'confirmPassword', 'delivery'],
  completeSetup: ['username', 'password', 'confirmPassword', 'delivery', 'setupToken'],
} as const;
type MutationName = keyof typeof mutations;
const mutationNames = Object.keys(mutations) as MutationName[];

const proper: Record<string, unknown> = {
  login: 'nobody',
  username: 'some.body',
  password: goodPassword,
  confirmPassword: goodPassword,
  setupToken: 'psu_none',
  rememberMe: true,
  delivery: 'COOKIE',
};
const inputOf = (mutation: MutationName) => Object.fromEntries(mutations[mutation].map((name) => [name, proper[name]]));

/** Ways to write a password into a document, by mistake or on purpose. */
const literals: Record<string, string> = {
  'a string': `"${WORD}"`,
  'a string among separators': `"\u2028${WORD}\u2029"`,
  'a string with what messages are made of': `"; ${WORD} at \\"input.${WORD}\\"; Field \\"${WORD}\\" of required type \\"x\\" was not provided."`,
  'a string with line breaks': `"\\n${WORD}\\r\\n${WORD}"`,
  'a string with escapes': `"\\u0000\\u2028${WORD}\\ud83d"`,
  'a block string': `"""\n  ${WORD}\n\u2028 ${WORD}\n"""`,
  'an unquoted word': WORD,
  'unquoted words': `${WORD} ${WORD}`,
  'an unquoted word with a sign': `${WORD}!`,
  'an unquoted word with a dollar': `$${WORD}`,
  'an unquoted word with an at': `${WORD}@${WORD}`,
  'a number': NUMBER,
  'a broken number': `0${NUMBER}`,
  'a number and a word': `${NUMBER}${WORD}`,
  'a fraction': `${NUMBER.slice(0, 5)}.${NUMBER.slice(5)}`,
  'a list': `["${WORD}", ${WORD}]`,
  'a list with a separator': `["\u2028${WORD}"]`,
  'an object': `{ is: "${WORD}", was: "\u2028${WORD}" }`,
  'an open string': `"${WORD}`,
  'an open string that ends with the line': `"${WORD}\n`,
  'a string with a bad escape': `"${WORD}\\x"`,
  'an open block string': `"""${WORD}`,
  'single quotes': `'${WORD}'`,
  'no end': `"${WORD}" {`,
};

/** Ways to send a password as a variable. */
const values: Record<string, unknown> = {
  'a string': WORD,
  'a string among separators': `\u2028${WORD}\u2029`,
  'a string with what messages are made of': `; ${WORD} at "input.${WORD}"; Field "${WORD}" of required type "x" was not provided.`,
  'a string with line breaks': `\n${WORD}\r\n${WORD}`,
  'a string with NUL and half a character': `\0${WORD}\ud83d`,
  'a number': Number(NUMBER),
  'a fraction': Number(NUMBER) / 100_000,
  'a list': [WORD],
  'a list of lists': [[`\u2028${WORD}`]],
  'an object': { is: WORD, was: `\u2028${WORD}` },
  'an object whose key it is': { [WORD]: 1 },
  'an object whose key has what messages are made of': { [`x at "${WORD}"; y`]: WORD },
};

const printed = (input: Record<string, unknown>) =>
  Object.entries(input)
    .map(([name, value]) => `${name}: ${name === 'delivery' ? String(value) : JSON.stringify(value)}`)
    .join(', ');

const literalDocument = (mutation: MutationName, argument: string) =>
  `mutation { ${mutation}(input: ${argument}) { userErrors { code message field } } }`;
const variableDocument = (mutation: MutationName) =>
  `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code message field } } }`;

describe('in client input', () => {
  let postern: TestPostern;
  let client: Client;
  beforeAll(async () => {
    postern = await startPostern();
  });
  afterAll(() => postern.close());
  beforeEach(() => {
    client = postern.client();
  });

  /** Neither the response nor log and events may contain what was sent, whether rejected or accepted. */
  function expectSilence(answer: Answer<unknown>): void {
    expect(answer.text).not.toMatch(SECRET);
    expect(JSON.stringify([...answer.headers])).not.toMatch(SECRET);
  }
  afterEach(async () => {
    expect(postern.log.join('')).not.toMatch(SECRET);
    expect(JSON.stringify(await query(postern.database, 'select * from security_events'))).not.toMatch(SECRET);
  });

  /** Every field of every input that holds credentials. */
  const positions = mutationNames.flatMap((mutation) => mutations[mutation].map((field) => [mutation, field] as const));

  test.each(positions)('never returns a password written as any literal in %s.%s (R-8)', async (mutation, field) => {
    for (const literal of Object.values(literals)) {
      const { [field]: _, ...others } = inputOf(mutation);
      expectSilence(await client.send(literalDocument(mutation, `{ ${printed(others)}, ${field}: ${literal} }`)));
    }
  });

  test.each(positions)(
    'never returns a password sent as a variable of any type in %s.%s (R-8)',
    async (mutation, field) => {
      for (const value of Object.values(values))
        expectSilence(
          await client.send(variableDocument(mutation), { input: { ...inputOf(mutation), [field]: value } }),
        );
    },
  );

  test.each(mutationNames)(
    'never returns a password in %s with a misspelled or missing field (R-8)',
    async (mutation) => {
      for (const name of ['pasword', '__proto__']) {
        for (const literal of Object.values(literals))
          expectSilence(
            await client.send(literalDocument(mutation, `{ ${printed(inputOf(mutation))}, ${name}: ${literal} }`)),
          );
        for (const value of Object.values(values))
          expectSilence(
            await client.send(variableDocument(mutation), {
              input: { ...inputOf(mutation), password: WORD, [name]: value },
            }),
          );
      }
      for (const missing of mutations[mutation]) {
        const { [missing]: _, ...rest }: Record<string, unknown> = {
          ...inputOf(mutation),
          password: WORD,
          confirmPassword: `\u2028${WORD}`,
          login: WORD,
          username: WORD,
        };
        expectSilence(await client.send(variableDocument(mutation), { input: rest }));
        expectSilence(await client.send(literalDocument(mutation, `{ ${printed(rest)} }`)));
      }
    },
  );

  test.each(mutationNames)(
    'never returns a password instead of the input of %s or as a separate argument (R-8)',
    async (mutation) => {
      for (const literal of Object.values(literals)) {
        expectSilence(await client.send(literalDocument(mutation, literal)));
        expectSilence(
          await client.send(literalDocument(mutation, `{ ${printed(inputOf(mutation))} }, password: ${literal}`)),
        );
      }
      for (const value of Object.values(values))
        expectSilence(await client.send(variableDocument(mutation), { input: value }));
    },
  );

  test('never returns a password when another variable is null (R-8)', async () => {
    const answer = await client.send(
      `mutation ($login: String = "x") { login(input: { login: $login, password: "${WORD}" }) { userErrors { code } } }`,
      { login: null },
    );
    expectSilence(answer);
    expect(answer.errors).not.toEqual([]);
    expect(answer).not.toFailWith('INTERNAL_SERVER_ERROR');
  });

  test('never returns a password used as the default of a variable (R-8)', async () => {
    for (const literal of Object.values(literals)) {
      for (const type of ['String', 'Int', 'Boolean', 'ID', 'SessionDelivery', 'LoginInput', '[String!]', 'String!']) {
        expectSilence(
          await client.send(
            `mutation ($value: ${type} = ${literal}) { login(input: { login: "x", password: $value }) { userErrors { code } } }`,
          ),
        );
      }
    }
  });

  test('never returns a password in a variable of any type (R-8)', async () => {
    for (const value of Object.values(values)) {
      for (const type of [
        'String!',
        'Int!',
        'Float!',
        'Boolean!',
        'ID!',
        'SessionDelivery!',
        'LoginInput!',
        '[LoginInput!]!',
        '[[Int!]!]!',
      ]) {
        expectSilence(
          await client.send(
            `mutation ($value: ${type}) { login(input: { login: "x", password: $value }) { userErrors { code } } }`,
            { value },
          ),
        );
        expectSilence(await client.send(`query ($value: ${type}) { __typename node(id: $value) { id } }`, { value }));
      }
    }
  });

  test('never returns a password in a malformed request (R-8)', async () => {
    const query = variableDocument('login');
    const bodies = [
      WORD,
      `"${WORD}"`,
      `{"${WORD}`,
      `{"query": ${WORD}}`,
      `{"query": "${WORD}"}`,
      `{"query": "{ ${WORD} \u2028"}`,
      `["${WORD}"]`,
      `[{"query": "${WORD}"}]`,
      `{"query": "mutation { login(input: {login: \\"x\\", password: \\"${WORD}", "variables": {}}`,
      JSON.stringify({ query, variables: WORD }),
      JSON.stringify({ query, variables: [WORD] }),
      JSON.stringify({ query, variables: JSON.stringify({ input: { password: WORD } }) }),
      JSON.stringify({ query, operationName: WORD, variables: {} }),
      JSON.stringify({ query, operationName: [WORD] }),
      JSON.stringify({ query, operationName: { [WORD]: WORD } }),
      JSON.stringify({ query, extensions: WORD }),
      JSON.stringify({ query, extensions: { persistedQuery: WORD } }),
      JSON.stringify({ query: [WORD] }),
      JSON.stringify({ query: { [WORD]: WORD } }),
      JSON.stringify({ password: WORD }),
      JSON.stringify({ query, id: WORD, documentId: WORD }),
      `{"query": "{ me { id } }", "__proto__": {"password": "${WORD}"}}`,
      `${JSON.stringify({ query, variables: { input: { login: 'x', password: WORD } } })}${WORD}`,
      `${'x'.repeat(70_000)}${WORD}`,
    ];
    for (const body of bodies) {
      expectSilence(await client.post(body));
      expectSilence(await client.post(body, { 'content-type': 'text/plain' }));
    }
  });

  test('never returns a password in a header or a URL (R-8)', async () => {
    const body = JSON.stringify({ query: '{ me { id } }' });
    for (const headers of [
      { authorization: `Bearer ${WORD}` },
      { authorization: `Basic ${WORD}` },
      { authorization: WORD },
      { cookie: `postern_session=${WORD}` },
      { 'content-type': WORD },
      { origin: `https://${WORD}` },
      { 'x-request-id': WORD },
      { 'accept-language': WORD },
    ] as Record<string, string>[]) {
      expectSilence(await client.post(body, headers));
    }
    for (const address of [
      `/graphql?query=${WORD}`,
      `/graphql?password=${WORD}`,
      `/${WORD}`,
      `/graphql/${WORD}`,
      `/%${WORD}`,
    ]) {
      const response = await fetch(postern.url + address, { redirect: 'manual' });
      expect(await response.text()).not.toMatch(SECRET);
    }
    expect(postern.log.join('')).not.toMatch(SECRET);
  });

  test('keeps a password in a valid request out of responses, logs, events and tables (R-8)', async () => {
    const username = newUsername();
    const send = (mutation: MutationName, input: Record<string, unknown>) =>
      client.send(variableDocument(mutation), { input });
    expectSilence(await send('register', { username, password: WORD, confirmPassword: `${WORD}x` }));
    expectSilence(await send('register', { username, password: WORD, confirmPassword: WORD }));
    expectSilence(await send('login', { login: username, password: WORD }));
    expectSilence(await send('login', { login: username, password: `${WORD}x` }));
    // The password typed into the username field.
    expectSilence(await send('login', { login: WORD, password: WORD }));
    for (const table of ['accounts', 'sessions', 'setup_tokens', 'second_factor_challenges']) {
      const rows = await query<{ username?: string }>(postern.database, `select * from ${table}`);
      expect(JSON.stringify(rows.filter((row) => row.username?.toLowerCase() !== WORD.toLowerCase()))).not.toMatch(
        SECRET,
      );
    }
  });

  test('never returns a password in production, where error messages differ (R-8)', async () => {
    const production = await startPostern({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://account.example',
      HOST: '127.0.0.1',
    });
    try {
      const unknownDevice = production.client();
      for (const field of ['password', 'delivery', 'pasword']) {
        for (const literal of Object.values(literals))
          expectSilence(await unknownDevice.send(literalDocument('login', `{ login: "x", ${field}: ${literal} }`)));
        for (const value of Object.values(values))
          expectSilence(await unknownDevice.send(variableDocument('login'), { input: { login: 'x', [field]: value } }));
      }
      expect(production.log.join('')).not.toMatch(SECRET);
    } finally {
      await production.close();
    }
  });

  test('keeps the cause and location in an error whose values are redacted', async () => {
    const wrong = async (document: string, variables?: Record<string, unknown>) =>
      (await client.send(document, variables)).errors.map(({ message }) => message);
    const sent = inputOf('login');
    expect(await wrong(variableDocument('login'), { input: { ...sent, password: 5 } })).toEqual([
      'Variable "$input" is not valid at "input.password".',
    ]);
    expect(await wrong(variableDocument('login'), { input: { login: 'x' } })).toEqual([
      'Variable "$input" is not valid: Field "password" of required type "String!" was not provided.',
    ]);
    expect(await wrong(literalDocument('login', '{ login: "x", password: 5 }'))).toEqual([
      'String cannot represent this value.',
    ]);
    expect(await wrong(literalDocument('login', '{ login: "x", password: "y", delivery: "z" }'))).toEqual([
      'Enum "SessionDelivery" cannot represent this value.',
    ]);
    expect(await wrong('{ me { ')).toEqual(['Syntax Error: the document does not parse.']);
    expect((await wrong('{ me { nonsense } }'))[0]).toMatch(/^Cannot query field "nonsense" on type "User"\./);
  });
});

test('keeps password and token hashes out of responses and logs when the database fails (R-8, R-85)', async () => {
  const postern = await startPostern();
  try {
    const username = newUsername();
    const input = { username, password: WORD, confirmPassword: WORD };
    await postern.client().send(variableDocument('register'), { input });
    const [{ password_hash: passwordHash } = { password_hash: '' }] = await query<{ password_hash: string }>(
      postern.database,
      'select password_hash from accounts',
    );
    await query(postern.database, "alter table accounts add constraint never check (username = 'nobody') not valid");
    await query(postern.database, "alter table sessions add constraint never check (token_hash = '') not valid");
    await query(postern.database, 'drop table security_events');
    for (const attempt of [
      await postern.client().send(variableDocument('register'), { input: { ...input, username: newUsername() } }),
      await postern.client().send(variableDocument('login'), { input: { login: username, password: WORD } }),
      await postern.client().send(variableDocument('login'), { input: { login: username, password: `${WORD}x` } }),
    ]) {
      expect(attempt).toFailWith('INTERNAL_SERVER_ERROR');
      expect(attempt.text).not.toMatch(SECRET);
      expect(attempt.text).not.toContain('argon2');
    }
    const log = postern.log.join('');
    expect(log).toContain('unexpected error');
    expect(log).not.toMatch(SECRET);
    expect(log).not.toContain(passwordHash);
    expect(log).not.toContain('$argon2id$');
    // A SHA-256 in base64url, the form in which tokens are stored.
    expect(log).not.toMatch(/['"][\w-]{43}['"]/);
  } finally {
    await postern.close();
  }
});
