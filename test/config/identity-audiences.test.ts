import { expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../../src/config/config.js';

const audiencesOf = (POSTERN_IDENTITY_AUDIENCES: string) =>
  Object.fromEntries(loadConfig({ POSTERN_IDENTITY_AUDIENCES }).identityAudiences);

test('has no audiences unless they are set', () => {
  expect(loadConfig({}).identityAudiences.size).toBe(0);
  expect(audiencesOf('')).toEqual({});
});

test('discloses to each audience the claims that it names, and to others none (R-121)', () => {
  expect(audiencesOf('console, billing:email+username,crm:email,forum:username')).toEqual({
    console: { email: false, username: false },
    billing: { email: true, username: true },
    crm: { email: true, username: false },
    forum: { email: false, username: true },
  });
});

test.each([
  'billing:',
  'billing:phone',
  'billing:email+',
  'billing:email,billing',
  'bill ing',
  ':email',
  '-billing',
  'https://billing.example.org',
  'b'.repeat(65),
])('rejects the audiences %j', (text) => {
  expect(() => audiencesOf(text)).toThrow(ConfigError);
  expect(() => audiencesOf(text)).toThrow('POSTERN_IDENTITY_AUDIENCES contains ');
});
