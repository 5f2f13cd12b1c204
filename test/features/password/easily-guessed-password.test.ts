import { dictionary } from '@zxcvbn-ts/language-common';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isCommonPassword } from '../../../src/features/password/common-passwords.js';
import { stored } from '../sign-in/stored.js';
import { loginAs } from '../sign-in/login-as.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import { newUsername } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { entryPoints } from './entry-points.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ PUBLIC_URL: 'https://lighthouse.example' });
});
afterAll(() => postern.close());

const common = [
  '12345678',
  '123456789',
  '1234567890',
  'qwertyuiop',
  'iloveyou',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'trustno1',
  'superman',
  'whatever',
  // In any case.
  'ILOVEYOU',
  'ILoveYou',
  'QwertyUiop',
  'TrustNo1',
];

const contextual = [
  'admin123',
  'Admin-01',
  'ADMIN!!!',
  '123admin',
  'nimda123',
  'password',
  'Password1',
  'PassWord',
  'password123',
  'drowssap',
  '1password1',
  'p-password',
  'postern1',
  'Postern!!!',
  'nretsop-1',
  'xPosternx',
  'lighthouse.example',
  'Lighthouse.Example!',
  'elpmaxe.esuohthgil',
  '1lighthouse.example2',
];

const farEnough = [
  'admin1234',
  'adminharbour',
  'password-1x3',
  'postern-1234',
  'lighthouse.example1234',
  'pass-word-is-far',
];

describe.each(Object.entries(entryPoints))('at %s', (name, place) => {
  test.each([...common, ...contextual])(
    'rejects the password %j as too common, and changes nothing (R-3)',
    async (password) => {
      const before = await stored(postern.database);
      expect(await place(postern, password)).toEqual([['PASSWORD_TOO_COMMON', 'password']]);
      expect({ ...(await stored(postern.database)), setupTokens: [] }).toEqual({ ...before, setupTokens: [] });
    },
  );

  test.each([
    ['equal', 'christopher'],
    ['in capitals', 'CHRISTOPHER'],
    ['with three characters after it', 'Christopher123'],
    ['with three before it', '123christopher'],
    ['with three around it', '1christopher23'],
    ['reversed', 'rehpotsirhc'],
    ['reversed, with three characters beside it', '1Rehpotsirhc!!'],
  ])('rejects a password made from the username (%s) (R-3)', async (_, password) => {
    const before = await stored(postern.database);
    expect(await place(postern, password, 'christopher')).toEqual([['PASSWORD_CONTAINS_IDENTITY', 'password']]);
    expect({ ...(await stored(postern.database)), setupTokens: [] }).toEqual({ ...before, setupTokens: [] });
  });

  test('compares a new password with the normalized username, however it is typed (R-3)', async () => {
    expect(await place(postern, 'christopher1', 'ＣｈｒｉｓＴｏｐｈｅｒ')).toEqual([
      ['PASSWORD_CONTAINS_IDENTITY', 'password'],
    ]);
  });

  // completeSetup works once, so its own tests cover the success.
  if (name !== 'completeSetup')
    test('accepts a password that adds four characters to the username (R-3)', async () => {
      const username = `${newUsername()}-longer`;
      expect(await place(postern, `${username}1234`, username)).toEqual([]);
    });
});

test.each(farEnough)(
  'accepts the password %j, which adds more than three characters to a word from this site (R-3)',
  async (password) => {
    const username = newUsername();
    expect(await registerAs(postern.client(), { username, password })).toSucceed();
    expect(await loginAs(postern.client(), { login: username, password })).toSucceed();
  },
);

test('reports the reason for rejecting a password as a code (R-3)', async () => {
  expect(await registerAs(postern.client(), { password: 'iloveyou' })).toBeRefusedWith([
    'PASSWORD_TOO_COMMON',
    'password',
  ]);
  expect(await registerAs(postern.client(), { username: 'christopher', password: 'christopher1' })).toBeRefusedWith([
    'PASSWORD_CONTAINS_IDENTITY',
    'password',
  ]);
});

test('lists at least 10,000 common passwords of valid length, matched in any case (R-3)', async () => {
  const long = (dictionary['passwords-common'] as string[]).filter((password) => password.length >= 8);
  expect(new Set(long).size).toBeGreaterThanOrEqual(10_000);
  for (const password of long) {
    if (!(await isCommonPassword(password)) || !(await isCommonPassword(password.toUpperCase())))
      throw new Error(`${password} is on the list and would be accepted`);
  }
});
