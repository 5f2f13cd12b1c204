import { expect, test } from '@jest/globals';
import { syslogMessage } from '../../../src/features/security-event/syslog/syslog-message.js';
import type { SealedEvent } from '../../../src/features/security-event/stream/read-sealed-events.js';

const event: NonNullable<SealedEvent['event']> = {
  id: '01890000-0000-7000-8000-000000000001',
  atMicros: '1793520000123000',
  type: 'LOGIN_FAILED',
  outcome: 'REFUSED',
  accountId: null,
  actorId: null,
  sessionId: null,
  accessTokenId: null,
  ip: '203.0.113.9',
  userAgent: 'curl/8.5\u001b[31m ]"\\',
  requestId: 'request-1',
  traceId: null,
  reason: 'line\r\n<86>1 - forged “漢”\u202e',
  detail: null,
};
const sealed: SealedEvent = {
  cursor: { seal: 1207, hash: 'Zk', event: 3 },
  seal: {
    number: 1207,
    hash: 'Zk',
    previousHash: 'Yj',
    sealedAt: new Date('2026-11-01T08:01:00Z'),
    complete: true,
    events: 9,
  },
  id: event.id,
  digest: 'Dg',
  event,
  fault: null,
};
const message = (part: Partial<SealedEvent> = {}) =>
  syslogMessage({ ...sealed, ...part }, 'account.example.org').toString();

test('is a message of RFC 5424 with structured data and its seal, and escapes unsafe text (R-98)', () => {
  expect(message()).toBe(
    '<84>1 2026-11-01T08:00:00.123Z account.example.org postern - LOGIN_FAILED ' +
      '[postern@32473 id="01890000-0000-7000-8000-000000000001" at="2026-11-01T08:00:00.123Z" type="LOGIN_FAILED" outcome="REFUSED" ' +
      'ip="203.0.113.9" userAgent="curl/8.5\\\\u001b[31m \\]\\"\\\\" requestId="request-1" ' +
      'reason="line\\\\u000d\\\\u000a<86>1 - forged “漢”\\\\u202e" digest="Dg" seal="1207:Zk" position="3"] ' +
      '\ufeffLOGIN_FAILED REFUSED ip=203.0.113.9 reason="line\\u000d\\u000a<86>1 - forged “漢”\\u202e"',
  );
});

test('begins the text with the byte order mark of UTF-8 (RFC 5424, section 6.4)', () => {
  const bytes = syslogMessage(sealed, 'account.example.org');
  expect(bytes.indexOf(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(
    bytes.indexOf('] ') === -1 ? -1 : bytes.lastIndexOf('"] ') + 3,
  );
  expect(bytes.toString('latin1')).not.toMatch(/[\u0000-\u001f\u007f]/);
});

test.each([
  ['a success as informational', { event: { ...event, outcome: 'SUCCESS' } }, '<86>1 '],
  ['a refusal as a warning', {}, '<84>1 '],
  ['a changed event as an alert', { fault: 'EVENT_CHANGED' }, '<81>1 '],
  ['a removed event as an alert without its time', { event: null, fault: 'EVENT_REMOVED' }, '<81>1 - account'],
] as const)('reports %s (RFC 5424, section 6.2.1)', (_, part, start) => {
  expect(message(part)).toMatch(new RegExp(`^${start}`));
});

test('names a removed event by its ID, and its seal', () => {
  expect(message({ event: null, fault: 'EVENT_REMOVED' })).toBe(
    '<81>1 - account.example.org postern - EVENT_REMOVED [postern@32473 id="01890000-0000-7000-8000-000000000001" ' +
      'digest="Dg" seal="1207:Zk" position="3" fault="EVENT_REMOVED"] \ufeffEVENT_REMOVED fault=EVENT_REMOVED',
  );
});
