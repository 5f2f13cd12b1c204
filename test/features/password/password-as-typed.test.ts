import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import { newUsername } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

async function register(password: string): Promise<string> {
  const username = newUsername();
  expect(await registerAs(postern.client(), { username, password })).toSucceed();
  return username;
}

/** The longest prefix that other hashes would use. */
const seventyTwo = 'q7Wz-kR2'.repeat(9);

test.each([
  ['a space at its end', 'quiet harbour', 'quiet harbour '],
  ['a space at its beginning', 'quiet harbour', ' quiet harbour'],
  ['a tab at its end', 'quiet harbour', 'quiet harbour\t'],
  ['a line break at its end', 'quiet harbour', 'quiet harbour\n'],
  ['one space more in between', 'quiet harbour', 'quiet  harbour'],
  ['a space that does not break', 'quiet harbour', 'quiet\u00a0harbour'],
  ['a capital', 'quiet harbour', 'quiet Harbour'],
  ['what stands after byte 72', `${seventyTwo}a`, `${seventyTwo}b`],
  ['something after byte 72', seventyTwo, `${seventyTwo}b`],
  ['its last of 128 characters', `${'q7Wz-kR2'.repeat(15)}1234567a`, `${'q7Wz-kR2'.repeat(15)}1234567b`],
  ['what stands after a NUL', 'quiet\0harbour', 'quiet\0haven!!'],
  ['a NUL at its end', 'quiet harbour', 'quiet harbour\0'],
  ['a zero-width space', 'quiet harbour', 'quiet\u200b harbour'],
  ['full-width letters, which NFKC would make equal', 'quiet harbour', 'ｑｕｉｅｔ harbour'],
  ['a ligature, which NFKC would make equal', 'office hours', 'oﬃce hours'],
])('rejects a password that differs by %s, in both directions (R-2)', async (_, one, other) => {
  const [first, second] = [await register(one), await register(other)];
  for (const [login, right, wrong] of [
    [first, one, other],
    [second, other, one],
  ] as const) {
    const client = postern.client();
    expect(await loginAs(client, { login, password: wrong })).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await whoAmI(client)).toBeNull();
    expect(await loginAs(client, { login, password: right })).toSucceed();
    expect(await whoAmI(client)).toBe(login);
  }
});

test.each([
  ['é', 'caf\u00e9 du port', 'cafe\u0301 du port'],
  [
    'a Hangul syllable',
    '\ud55c\uad6d\uc5b4 \ube44\ubc00\ubc88\ud638',
    '\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 \u1107\u1175\u1106\u1175\u11af\u1107\u1165\u11ab\u1112\u1169',
  ],
  ['two accents in either order', 'quiet-harbour-a\u0323\u0302', 'quiet-harbour-a\u0302\u0323'],
])('accepts the password %s composed or decomposed, however it was set (R-2)', async (_, composed, decomposed) => {
  expect(composed).not.toBe(decomposed);
  for (const [set, typed] of [
    [composed, decomposed],
    [decomposed, composed],
  ] as const) {
    const login = await register(set);
    expect(await loginAs(postern.client(), { login, password: typed })).toSucceed();
  }
});

test('treats composed and decomposed characters in the two password fields as equal (R-2)', async () => {
  expect(
    await registerAs(postern.client(), { password: 'caf\u00e9 du port', confirmPassword: 'cafe\u0301 du port' }),
  ).toSucceed();
});

test.each([
  ['small letters alone', 'quietharbourmoon'],
  ['digits alone', '7302958416'],
  ['capitals alone', 'QUIETHARBOURMOON'],
  ['spaces between words', 'a quiet harbour at dusk'],
  ['Chinese', '安静的港口在黄昏里'],
  ['one character many times over, if it is no common one', 'ꙮꙮꙮꙮꙮꙮꙮꙮꙮ'],
])('accepts a password of %s, without composition rules (R-2)', async (_, password) => {
  const login = await register(password);
  expect(await loginAs(postern.client(), { login, password })).toSucceed();
});

test('reports passwords that don’t match at the second field (R-1)', async () => {
  const username = newUsername();
  expect(
    await registerAs(postern.client(), { username, password: 'quiet harbour', confirmPassword: 'quiet harbour ' }),
  ).toBeRefusedWith(['PASSWORDS_DIFFER', 'confirmPassword']);
  expect(await loginAs(postern.client(), { login: username, password: 'quiet harbour' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test('reports all errors in a new password together', async () => {
  expect(
    await registerAs(postern.client(), { username: 'a b', password: 'short', confirmPassword: 'shorter' }),
  ).toBeRefusedWith(
    ['USERNAME_INVALID', 'username'],
    ['PASSWORD_TOO_SHORT', 'password'],
    ['PASSWORDS_DIFFER', 'confirmPassword'],
  );
});
