import { dictionary } from '@zxcvbn-ts/language-common';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isCommonPassword } from '../../../src/features/password/common-passwords.js';
import { stored } from '../sign-in/stored.js';
import { loginAs } from '../sign-in/login-as.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import { newUsername } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { places } from './places.js';

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
  // Whatever its case.
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

describe.each(Object.entries(places))('at %s', (name, place) => {
  test.each([...common, ...contextual])(
    'the password %j is refused as too common, and nothing changes (R-3)',
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
  ])('a password that is the username, %s, is refused (R-3)', async (_, password) => {
    const before = await stored(postern.database);
    expect(await place(postern, password, 'christopher')).toEqual([['PASSWORD_CONTAINS_IDENTITY', 'password']]);
    expect({ ...(await stored(postern.database)), setupTokens: [] }).toEqual({ ...before, setupTokens: [] });
  });

  test('the username counts in its canonical form, however it was typed (R-3)', async () => {
    expect(await place(postern, 'christopher1', 'ＣｈｒｉｓＴｏｐｈｅｒ')).toEqual([
      ['PASSWORD_CONTAINS_IDENTITY', 'password'],
    ]);
  });

  // completeSetup works once, so its one success is in its own tests.
  if (name !== 'completeSetup')
    test('a password with four characters beside the username is accepted (R-3)', async () => {
      const username = `${newUsername()}-longer`;
      expect(await place(postern, `${username}1234`, username)).toEqual([]);
    });
});

test.each(farEnough)(
  '%j holds a word of this place with more than three characters beside it, and is accepted (R-3)',
  async (password) => {
    const username = newUsername();
    expect(await registerAs(postern.client(), { username, password })).toSucceed();
    expect(await loginAs(postern.client(), { login: username, password })).toSucceed();
  },
);

test('why a password is refused is told by its code (R-3)', async () => {
  expect(await registerAs(postern.client(), { password: 'iloveyou' })).toBeRefusedWith([
    'PASSWORD_TOO_COMMON',
    'password',
  ]);
  expect(await registerAs(postern.client(), { username: 'christopher', password: 'christopher1' })).toBeRefusedWith([
    'PASSWORD_CONTAINS_IDENTITY',
    'password',
  ]);
});

test('the list has at least 10,000 passwords that are long enough to be chosen, and each of them is met whatever its case (R-3)', async () => {
  const long = (dictionary['passwords-common'] as string[]).filter((password) => password.length >= 8);
  expect(new Set(long).size).toBeGreaterThanOrEqual(10_000);
  for (const password of long) {
    if (!(await isCommonPassword(password)) || !(await isCommonPassword(password.toUpperCase())))
      throw new Error(`${password} is on the list and would be accepted`);
  }
});
