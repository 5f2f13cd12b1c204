import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { graphql } from '../../support/generated/gql.js';
import type { Client } from '../../support/client.js';

const SignUpPolicy = graphql(`
  query SignUpPolicy { policy { passwordMinLength passwordMaxLength passwordAdvice usernamePattern registration twoFactorRequiredFor } }
`);

const policyFor = async (client: Client) => (await client.send(SignUpPolicy)).data.policy;

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** A client with an Accept-Language header. */
const speaking = (acceptLanguage: string) => {
  const client = postern.client();
  client.headers['accept-language'] = acceptLanguage;
  return client;
};

test('returns the password lengths and whether sign-up is open to any caller', async () => {
  expect(await policyFor(postern.client())).toMatchObject({
    passwordMinLength: 8,
    passwordMaxLength: 128,
    registration: 'OPEN',
    twoFactorRequiredFor: [],
  });
});

test('returns a pattern for usernames that clients can use unchanged (R-100)', async () => {
  const pattern = new RegExp((await policyFor(postern.client())).usernamePattern);
  for (const name of ['abc', 'a.b-c_d', 'a'.repeat(32)]) expect(name).toMatch(pattern);
  for (const name of ['ab', '.abc', 'abc.', 'Abc', 'a b', 'a@b', 'a'.repeat(33)]) expect(name).not.toMatch(pattern);
});

test.each([
  '',
  'en',
  'en-GB,en;q=0.9',
  'de-DE,de',
  'fr;q=0.9,en;q=0.5,zh;q=0.4',
  'zh;q=0, en;q=0.1',
  '*',
  ';;;',
  'zh;q=nonsense',
  'zh ; q=0.3 ,\ten\t;\tq=0.4',
  `${'x,'.repeat(500)}zh`,
])('returns password advice in English for Accept-Language %j', async (languages) => {
  expect((await policyFor(speaking(languages))).passwordAdvice).toMatch(
    /^Use at least 8 characters\. We recommend including uppercase and lowercase letters, numbers, and special characters/,
  );
});

test.each([
  'zh',
  'zh-CN',
  'zh-Hans-CN,zh;q=0.9,en;q=0.8',
  'ZH-TW',
  'de, zh;q=0.7, en;q=0.6',
  'en;q=0.1,zh;q=0.2',
  'en ; q=0.3 ,\tzh\t;\tq=0.4',
  'zh;level=1;q=0.9,en;q=0.8',
  `${'x,'.repeat(499)}zh`,
])('returns password advice in Chinese for Accept-Language %j', async (languages) => {
  expect((await policyFor(speaking(languages))).passwordAdvice).toMatch(/^至少 8 个字符/);
});

test('applies the settings to the password limits and the password advice', async () => {
  const strict = await startPostern({
    PASSWORD_MIN_LENGTH: '15',
    REGISTRATION: 'closed',
    TWO_FACTOR_REQUIRED_FOR: 'ROOT',
  });
  try {
    const english = await policyFor(strict.client());
    expect(english).toMatchObject({ passwordMinLength: 15, registration: 'CLOSED', twoFactorRequiredFor: ['ROOT'] });
    expect(english.passwordAdvice).toMatch(/at least 15 characters/);
    const client = strict.client();
    client.headers['accept-language'] = 'zh';
    expect((await policyFor(client)).passwordAdvice).toMatch(/至少 15 个字符/);
  } finally {
    await strict.close();
  }
});
