import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { resolveName } from '../../src/net/resolve-name.js';
import { sendSyslog } from '../../src/net/send-syslog.js';
import { findFreePort } from '../support/free-port.js';
import { newAuthority, selfSigned } from '../support/certificates.js';
import { SyslogReceiver } from '../support/syslog-receiver.js';

let receiver: SyslogReceiver | undefined;
afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

const messages = ['<86>1 - a', '<86>1 - “漢”\n<86>1 - b', 'x'.repeat(60_000)];
const send = (
  target: Pick<SyslogReceiver, 'transport' | 'host' | 'port'>,
  texts = messages,
  signal = AbortSignal.timeout(5_000),
) =>
  sendSyslog(
    target,
    texts.map((text) => Buffer.from(text)),
    resolveName,
    signal,
  );

test('sends each message as one datagram over UDP (RFC 5426)', async () => {
  receiver = await SyslogReceiver.start('udp');
  await send(receiver);
  expect(await receiver.received(3)).toEqual(messages);
});

test('fails over UDP when the host says that nothing listens', async () => {
  const port = await findFreePort();
  await expect(send({ transport: 'udp', host: '127.0.0.1', port })).rejects.toThrow(/ECONNREFUSED/);
});

test('sends messages with their length in bytes over TCP, also when a name leads there (RFC 6587)', async () => {
  receiver = await SyslogReceiver.start('tcp', { host: 'localhost' });
  await send(receiver);
  expect(receiver.messages).toEqual(messages);
});

test('succeeds over TCP only when the receiver has read everything', async () => {
  receiver = await SyslogReceiver.start('tcp');
  receiver.manners = ['RESETS'];
  await expect(send(receiver)).rejects.toThrow(/ECONNRESET|EPIPE/);
  receiver.manners = ['HOLDS'];
  await expect(send(receiver, messages, AbortSignal.timeout(300))).rejects.toThrow('no answer in time');
  expect(receiver.messages).toEqual([]);
});

test('fails over TCP when the receiver closed before it got everything', async () => {
  receiver = await SyslogReceiver.start('tcp');
  receiver.manners = ['CLOSES_FIRST'];
  const many = Array.from({ length: 500 }, () => 'x'.repeat(60_000));
  await expect(send(receiver, many)).rejects.toThrow('the receiver closed the connection early');
});

test('fails when the signal was given, the name has no address, or nothing listens', async () => {
  receiver = await SyslogReceiver.start('tcp');
  await expect(send(receiver, messages, AbortSignal.abort())).rejects.toThrow('no answer in time');
  const noName = sendSyslog(receiver, [], () => Promise.resolve([]), AbortSignal.timeout(1_000));
  await expect(noName).rejects.toThrow('the name of the receiver has no address');
  const port = await findFreePort();
  await expect(send({ transport: 'tcp', host: '127.0.0.1', port })).rejects.toThrow(/ECONNREFUSED/);
});

describe('over TLS', () => {
  const trusted = newAuthority();
  const authorities = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...authorities, trusted.cert]));
  afterAll(() => setDefaultCACertificates(authorities));

  test.each([
    ['name', 'localhost', 'DNS:localhost'],
    ['IP address', '127.0.0.1', 'IP:127.0.0.1'],
  ])('sends messages to a receiver whose certificate is for its %s (RFC 5425)', async (_, host, name) => {
    receiver = await SyslogReceiver.start('tls', { host, certificate: trusted.issue(name) });
    await send(receiver);
    expect(receiver.messages).toEqual(messages);
  });

  test('refuses a certificate for another name, and sends nothing', async () => {
    receiver = await SyslogReceiver.start('tls', {
      host: 'localhost',
      certificate: trusted.issue('DNS:other.example'),
    });
    await expect(send(receiver)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(receiver.messages).toEqual([]);
  });

  test('succeeds only when the receiver has read everything', async () => {
    receiver = await SyslogReceiver.start('tls', { host: 'localhost', certificate: trusted.issue('DNS:localhost') });
    receiver.manners = ['RESETS'];
    const many = Array.from({ length: 100 }, () => 'x'.repeat(60_000));
    await expect(send(receiver, many)).rejects.toThrow(/ECONNRESET|EPIPE|closed/);
    expect(receiver.messages).toEqual([]);
  });

  test('refuses a certificate that is not signed by a trusted authority, and sends nothing', async () => {
    receiver = await SyslogReceiver.start('tls', { host: 'localhost', certificate: selfSigned('localhost') });
    await expect(send(receiver)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(receiver.messages).toEqual([]);
  });
});
