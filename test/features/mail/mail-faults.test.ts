import { afterAll, expect, test } from '@jest/globals';
import { smtpTransport, testMailServer } from '../../../src/features/mail/delivery/smtp-transport.js';
import { selfSigned } from '../../support/certificates.js';
import { closeSmtpServers, startSmtpServer, startTalkingServer } from '../../support/smtp-servers.js';

afterAll(closeSmtpServers);

const reply = (responseCode: number, text = 'said by user@private.example') =>
  Object.assign(new Error(text), { responseCode });

/** Why a mail to a server can't be sent. */
const faultOf = async (smtpUrl: string): Promise<string> => {
  const { send } = smtpTransport({ isEnabled: true, smtpUrl, from: 'Postern <postern@example.org>' });
  const mail = { to: 'user@private.example', subject: 'Subject', text: 'Text', html: '<p>Text</p>' };
  return send(mail, '<id@example.org>', () => Promise.resolve()).then(
    () => 'sent',
    ({ message }: Error) => message,
  );
};

test('says to use smtp:// when smtps:// names a port without TLS', async () => {
  const server = await startSmtpServer({ disabledCommands: ['STARTTLS'] });
  const sentence = `${server} doesn't use TLS from the start. Use smtp:// instead of smtps:// in POSTERN_SMTP_URL; the connection is then encrypted with STARTTLS.`;
  expect([await testMailServer(`smtps://${server}`), await faultOf(`smtps://${server}`)]).toEqual([sentence, sentence]);
});

test('says to use smtps:// when smtp:// names a port with TLS', async () => {
  const server = await startSmtpServer({ secure: true });
  expect(await testMailServer(`smtp://${server}`)).toBe(
    `${server} accepts connections but sends no greeting. If the port uses TLS from the start, as 465 does, use smtps:// in POSTERN_SMTP_URL; otherwise correct the port.`,
  );
});

test.each([
  ['at a TLS port', { secure: true }, 'smtps'],
  ['after STARTTLS', {}, 'smtp'],
])('says how to trust a self-signed certificate %s', async (_title, options, protocol) => {
  const server = await startSmtpServer({ ...options, ...selfSigned('localhost') });
  expect(await testMailServer(`${protocol}://${server}`)).toBe(
    `The certificate of ${server} isn't signed by a trusted authority. Set NODE_EXTRA_CA_CERTS to a file with the authority's certificate.`,
  );
});

test('says that a certificate has expired', async () => {
  // The certificate of the library is of 2015.
  const server = await startSmtpServer({ secure: true });
  expect(await testMailServer(`smtps://${server}`)).toBe(
    `The certificate of ${server} has expired. Renew it on the mail server, or check this machine's clock.`,
  );
});

test('says that the user or the password is wrong (535), without either', async () => {
  const server = await startSmtpServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(reply(535)),
  });
  expect(await testMailServer(`smtp://postern:hidden-7@${server}`)).toBe(
    `${server} rejected the user or the password (535). Correct them in POSTERN_SMTP_URL, and encode special characters, such as @ as %40.`,
  );
});

test('says that the server doesn’t take a password', async () => {
  const server = await startSmtpServer({ disabledCommands: ['STARTTLS', 'AUTH'] });
  expect(await testMailServer(`smtp://postern:hidden-7@${server}`)).toBe(
    `${server} doesn't accept a user and a password on this connection (500). Use a port with TLS, or remove them from POSTERN_SMTP_URL.`,
  );
});

test.each([
  [530, 'no entry', 'requires a user and a password (530). Add them to POSTERN_SMTP_URL, after the //: user:password@'],
  [
    530,
    'Must issue a STARTTLS command first',
    'requires encryption (530). Remove ?ignoreTLS=true from POSTERN_SMTP_URL, or use smtps:// with a TLS port.',
  ],
  [553, 'not yours', 'rejected the sender (553). Set POSTERN_MAIL_FROM to an address that this server may send from.'],
  [421, 'too busy', 'responded 421 at MAIL FROM.'],
])('says what to do when the server rejects the sender with %d: %s', async (code, text, sentence) => {
  const server = await startSmtpServer({
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) => done(reply(code, text)),
  });
  expect(await faultOf(`smtp://${server}`)).toBe(`${server} ${sentence}`);
});

test.each([550, 451])('says that the server rejected the recipient (%d), without the address', async (code) => {
  const server = await startSmtpServer({
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(reply(code)),
  });
  expect(await faultOf(`smtp://${server}`)).toBe(`${server} rejected the recipient (${code}).`);
});

test('says that the host is unknown', async () => {
  expect(await testMailServer('smtps://nowhere.invalid')).toMatch(
    /^The host of nowhere\.invalid(?::465)? can't be found\. Correct it in POSTERN_SMTP_URL, or check the DNS\.$/,
  );
});

test('says that the connection was refused', async () => {
  expect(await testMailServer('smtp://127.0.0.1:1')).toBe(
    'Connection refused by 127.0.0.1:1. Check that the mail server runs, and correct the host and port in POSTERN_SMTP_URL.',
  );
});

test.each([
  ['HTTP/1.1 400 Bad Request\r\n\r\n', "doesn't respond as a mail server. Correct the host and port"],
  ['', 'closed the connection. Check the host and port'],
])('says that a server is no mail server when it sends %j', async (text, sentence) => {
  const server = await startTalkingServer(text);
  expect(await testMailServer(`smtp://${server}`)).toBe(`${server} ${sentence} in POSTERN_SMTP_URL.`);
});
