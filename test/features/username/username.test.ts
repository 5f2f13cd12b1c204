import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stored } from '../sign-in/stored.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { completeSetupAs, newSetupToken, registerAs } from '../sign-up/sign-up-as.js';
import { goodPassword, newUser } from '../../support/users.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const longest = 'a'.repeat(32);

test.each([
  ['3 characters', 'abc'],
  ['32 characters', longest],
  ['digits alone', '007'],
  ['separators within', 'a.b-c_d'],
  ['separators side by side', 'a..b'],
])('accepts a username of %s (R-100)', async (_, username) => {
  const { data } = await registerAs(postern.client(), { username });
  expect(data.register?.userErrors).toEqual([]);
  expect(data.register?.user?.username).toBe(username);
});

test.each([
  ['nothing', ''],
  ['a space', ' '],
  ['1 character', 'a'],
  ['2 characters', 'ab'],
  ['33 characters', `${longest}b`],
  ['4,000 characters', 'a'.repeat(4_000)],
  ['a separator at its beginning', '.abc'],
  ['a dash at its beginning', '-abc'],
  ['an underscore at its end', 'abc_'],
  ['a dot at its end', 'abc.'],
  ['a space within', 'a bc'],
  ['a NUL', 'ab\0c'],
  ['a tab', 'a\tbc'],
  ['the form of an email address', 'ann@example.org'],
  ['an @ alone', 'ann@'],
  ['a full-width @', 'ann＠example.org'],
  ['a small @', 'ann﹫example.org'],
  ['a Cyrillic а', '\u0430lice'],
  ['a Cyrillic о among Latin letters', 'b\u043eb-the-builder'],
  ['a Greek omicron', 'r\u03bfoter'],
  ['a dotless i', 'al\u0131ce'],
  ['a capital İ', 'ALİCE'],
  ['an accent', 'rené'],
  ['a combining accent', 'rene\u0301'],
  ['Chinese', '爱丽丝'],
  ['an emoji', 'ann🦉'],
  ['half an emoji', 'ann\ud83e'],
  ['a zero-width space', 'al\u200bice'],
  ['a zero-width joiner', 'al\u200dice'],
  ['a soft hyphen', 'al\u00adice'],
  ['a change of direction', 'al\u202eice'],
  ['a variation selector', 'alice\ufe0f'],
  ['a slash', 'a/b'],
  ['a percent sign', 'a%c'],
  ['a quote', "a'c"],
  ['markup', '<b>'],
])('rejects a username of %s, and changes nothing (R-100)', async (_, username) => {
  const before = await stored(postern.database);
  expect(await registerAs(postern.client(), { username })).toBeRefusedWith(['USERNAME_INVALID', 'username']);
  expect(await stored(postern.database)).toEqual(before);
});

describe('when “margaret” is taken', () => {
  beforeAll(async () => {
    expect(await registerAs(postern.client(), { username: 'margaret' })).toSucceed();
  });

  const forms: [string, string][] = [
    ['as it is', 'margaret'],
    ['in capitals', 'MARGARET'],
    ['in mixed case', 'mArGaReT'],
    ['in full-width letters', 'ｍａｒｇａｒｅｔ'],
    ['in full-width capitals', 'ＭＡＲＧＡＲＥＴ'],
    ['with a circled letter', 'ⓜargaret'],
    ['in bold letters of mathematics', '𝐦𝐚𝐫𝐠𝐚𝐫𝐞𝐭'],
    ['with a superscript', 'margareᵗ'],
    ['with blanks and a line break around it', '\u00a0 margaret\r\n'],
    ['with format characters around it', '\ufeffmargaret\u200b'],
  ];

  test.each(forms)('rejects a taken username written %s, and changes nothing (R-100)', async (_, username) => {
    const before = await stored(postern.database);
    const client = postern.client();
    expect(await registerAs(client, { username })).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
    expect(await stored(postern.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
  });

  test.each(forms)('signs the owner in with their username written %s (R-100)', async (_, login) => {
    const client = postern.client();
    expect(await loginAs(client, { login, password: goodPassword })).toSucceed();
    expect(await whoAmI(client)).toBe('margaret');
  });

  test.each([
    ['a zero-width space', 'mar\u200bgaret'],
    ['a Cyrillic а', 'm\u0430rgaret'],
    ['a dot', 'mar.garet'],
    ['a pattern', 'margare_'],
    ['another pattern', 'margar%'],
    ['a NUL', 'margaret\0'],
  ])('rejects a sign-in whose username differs by %s (R-100)', async (_, login) => {
    const client = postern.client();
    expect(await loginAs(client, { login, password: goodPassword })).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await whoAmI(client)).toBeNull();
  });

  test('rejects a second account with the same username in the database (R-100)', async () => {
    await expect(
      query(
        postern.database,
        "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'margaret', 'USER', 'ACTIVE', now())",
      ),
    ).rejects.toThrow(/unique/);
  });
});

test('assigns a username once in several concurrent sign-ups (R-100)', async () => {
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => registerAs(postern.client(), { username: 'wanted' })),
  );
  expect(answers.filter(({ data }) => data.register?.userErrors.length === 0)).toHaveLength(1);
  expect(answers.filter(({ data }) => data.register?.userErrors[0]?.code === 'USERNAME_TAKEN')).toHaveLength(3);
  expect(await query(postern.database, "select id from accounts where username = 'wanted'")).toHaveLength(1);
  expect(
    await query(
      postern.database,
      "select s.id from sessions s join accounts a on a.id = s.account_id where a.username = 'wanted'",
    ),
  ).toHaveLength(1);
});

const reserved = [
  'admin',
  'administrator',
  'root',
  'system',
  'support',
  'null',
  'undefined',
  'postern',
  'security',
  'service',
  'test',
  'www',
  'api',
  'no-reply',
  'mailer-daemon',
  'ADMIN',
  'ａｄｍｉｎ',
  'a.d.m.i.n',
  'r-o-o-t',
  'ro_ot',
  'no_reply',
  'post-master',
];

test.each(reserved)('rejects the reserved username %j, and changes nothing (R-100)', async (username) => {
  const before = await stored(postern.database);
  expect(await registerAs(postern.client(), { username })).toBeRefusedWith(['USERNAME_RESERVED', 'username']);
  expect(await stored(postern.database)).toEqual(before);
});

test('rejects the username “me” as too short (R-100)', async () => {
  expect(await registerAs(postern.client(), { username: 'me' })).toBeRefusedWith(['USERNAME_INVALID', 'username']);
});

test.each(['administrators', 'rooted', 'testing', 'myadmin', 'supporter'])(
  'accepts the username %j, which only begins or ends like a reserved one (R-100)',
  async (username) => {
    expect(await registerAs(postern.client(), { username })).toSucceed();
  },
);

test('allows a reserved username at setup, but still checks its format (R-100)', async () => {
  const fresh = await startPostern();
  try {
    const setupToken = (await newSetupToken(fresh))!;
    expect(await completeSetupAs(fresh.client(), { setupToken, username: 'ro\u03bft' })).toBeRefusedWith([
      'USERNAME_INVALID',
      'username',
    ]);
    const { data } = await completeSetupAs(fresh.client(), { setupToken, username: 'Root' });
    expect(data.completeSetup?.user).toMatchObject({ username: 'root', role: 'ROOT' });
  } finally {
    await fresh.close();
  }
});

test('stores and shows a username in its normalized form, however it was typed (R-100)', async () => {
  const client = postern.client();
  const { data } = await registerAs(client, { username: 'Ｇｒａｃｅ.Hopper' });
  expect(data.register?.user?.username).toBe('grace.hopper');
  expect(await whoAmI(client)).toBe('grace.hopper');
  const user = await newUser(postern);
  expect(await whoAmI(user.client)).toBe(user.username);
});
