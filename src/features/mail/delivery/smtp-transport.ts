import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { seconds } from '../../../duration.js';
import type { Config } from '../../../config/config.js';
import { isLoopback } from '../../../net/ip-address.js';
import type { RequestIds } from '../../../telemetry/request-record.js';
import { toMailFault } from './mail-fault.js';
import type { Transport } from './transport.js';

/** Timeouts for connecting, for the greeting and for responses. */
const CONNECT_TIMEOUT_MS = seconds(10);
const SILENCE_TIMEOUT_MS = seconds(30);
const timeouts = {
  connectionTimeout: CONNECT_TIMEOUT_MS,
  greetingTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENCE_TIMEOUT_MS,
};

/**
 * Parses the URL of a mail server. TLS is required except on loopback, since a man in the middle could strip the
 * STARTTLS offer (RFC 3207, section 6) and read the password and every link. `?ignoreTLS=true` turns the requirement
 * off.
 */
const parseSmtpUrl = (smtpUrl: string) => {
  const server = parseConnectionUrl(smtpUrl);
  return { requireTLS: !server.ignoreTLS && !isLoopback(server.host ?? 'localhost'), ...server, ...timeouts };
};

/**
 * Sends by SMTP with a new connection per mail. Uses nodemailer's connection instead of its transport, which reads the
 * content of a mail before the server asks for it.
 */
export function smtpTransport({ smtpUrl, from }: Config['mail'] & { readonly smtpUrl: string }): Transport {
  const { auth, ...server } = parseSmtpUrl(smtpUrl);
  return {
    send: async (mail, messageId, beforeData, ids = {}) => {
      const message = new MailComposer({
        from: parseMailbox(from),
        messageId,
        ...mail,
        headers: { 'Auto-Submitted': 'auto-generated', ...toHeaders(ids) },
        disableFileAccess: true,
        disableUrlAccess: true,
      }).compile();
      const content = await message.build();
      const connection = new SMTPConnection(server);
      try {
        await runStep(connection, (done) => connection.connect(done));
        if (auth) await runStep(connection, (done) => connection.login(auth, done));
        await runStep(connection, (done) =>
          connection.send(message.getEnvelope(), Readable.from(streamAfter(content, beforeData)), done),
        );
        connection.quit();
      } catch (error) {
        connection.close();
        throw toMailFault(error, server);
      }
    },
  };
}

/** The headers by which administrators find the request of a mail in the log. */
const toHeaders = ({ requestId, traceId }: RequestIds): Record<string, string> => ({
  ...(requestId ? { 'X-Request-Id': requestId } : {}),
  ...(traceId ? { 'X-Trace-Id': traceId } : {}),
});

/** A name can contain characters that have a meaning in a header, so it is passed apart from the address. */
function parseMailbox(from: string): { readonly name: string; readonly address: string } {
  const [, name = '', address = from] = /^"?(.*?)"? <(.+)>$/.exec(from) ?? [];
  return { name, address };
}

/**
 * Checks that the mail server accepts connection and login, without sending anything.
 *
 * @returns the error message; null on success
 */
export async function testMailServer(smtpUrl: string): Promise<string | null> {
  const { auth, ...server } = parseSmtpUrl(smtpUrl);
  const connection = new SMTPConnection(server);
  try {
    await runStep(connection, (done) => connection.connect(done));
    if (auth) await runStep(connection, (done) => connection.login(auth, done));
    connection.quit();
    return null;
  } catch (error) {
    connection.close();
    return (toMailFault(error, server) as Error).message;
  }
}

/** Resolves when a step of a connection is done; rejects if the step or the connection fails. */
const runStep = (connection: SMTPConnection, step: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    step((error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/**
 * Yields the content after `beforeData`. The server asks for it only after it accepted the addresses (RFC 5321, section
 * 4.1.1.4).
 */
async function* streamAfter(content: Buffer, beforeData: () => Promise<void>) {
  await beforeData();
  yield content;
}
