import { expect, test } from '@jest/globals';
import { describeDevice } from '../../../src/features/security-event/device.js';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  ['curl/8.11.0', 'curl'],
  ['Go-http-client/2.0', 'Go-http-client'],
  ['', null],
])('describes a device by its user agent: %s', (userAgent, words) => {
  expect(describeDevice(userAgent)).toBe(words);
});

test('names the operating system before the browser in Chinese', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  expect(describeDevice(firefox, 'ZH')).toBe('Linux · Firefox');
});

test.each([
  'Your account is blocked, go to http://evil.example/x/1 y (z)',
  'Your account is blocked: call +1 555 0100/1 now',
  'evil.example',
  'evil.example/1.0',
  'http://evil.example/',
  'Call-1-800-555-0100',
  'Your-account-is-blocked-and-you-have-to-pay',
])('keeps messages and links in a user agent out of emails: %s (R-98)', (userAgent) => {
  expect(describeDevice(userAgent) ?? '').toMatch(/^[A-Za-z-]{0,20}$/);
});
