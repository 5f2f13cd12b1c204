import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { seconds } from '../../../duration.js';
import type { Config } from '../../../config/config.js';
import { isLoopback } from '../../../net/ip-address.js';
import { MailNotSent, type Transport } from './transport.js';

/** How long a mail server may take to accept a connection, to greet, and to answer (in ms). */
const CONNECT_TIMEOUT_MS = seconds(10);
const SILENCE_TIMEOUT_MS = seconds(30);
const timeouts = {
  connectionTimeout: CONNECT_TIMEOUT_MS,
  greetingTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENCE_TIMEOUT_MS,
};

/**
 * The mail server of an address. Encryption is demanded of every other machine, since whoever stands in between could
 * take away the offer of it (RFC 3207, section 6) and read the password and every link; `?ignoreTLS=true` in the
 * address does without.
 */
const serverOf = (smtpUrl: string) => {
  const server = parseConnectionUrl(smtpUrl);
  return { requireTLS: !server.ignoreTLS && !isLoopback(server.host ?? 'localhost'), ...server, ...timeouts };
};

/**
 * Sends by SMTP, a connection for each mail: they are few, and one that is kept open has to be looked after. The
 * library's own transport reads a mail before the server asks for its text, so that the connection is used without it.
 */
export function smtpTransport({ smtpUrl, from }: Config['mail'] & { readonly smtpUrl: string }): Transport {
  const { auth, ...server } = serverOf(smtpUrl);
  return {
    send: async (mail, messageId, beforeText) => {
      const composed = new MailComposer({
        from,
        messageId,
        ...mail,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      }).compile();
      const raw = await composed.build();
      const connection = new SMTPConnection(server);
      try {
        await runStep(connection, (done) => connection.connect(done));
        if (auth) await runStep(connection, (done) => connection.login(auth, done));
        await runStep(connection, (done) =>
          connection.send(composed.getEnvelope(), Readable.from(afterAnnouncement(raw, beforeText)), done),
        );
        connection.quit();
      } catch (error) {
        connection.close();
        throw notSent(error);
      }
    },
  };
}

/**
 * Whether the mail server lets Postern in; it is told of no mail.
 *
 * @returns what went wrong, in words; null where it is well
 */
export async function tryMailServer(smtpUrl: string): Promise<string | null> {
  const { auth, ...server } = serverOf(smtpUrl);
  const connection = new SMTPConnection(server);
  try {
    await runStep(connection, (done) => connection.connect(done));
    if (auth) await runStep(connection, (done) => connection.login(auth, done));
    connection.quit();
    return null;
  } catch (error) {
    connection.close();
    return unreachableReason(error, server) ?? (notSent(error) as Error).message;
  }
}

/**
 * What a connection fails with for want of a server that answers, by the codes of the library and of the system, in
 * words.
 */
const connectionFaults = [
  ['ECONNREFUSED', 'nothing answers at'],
  ['ETIMEDOUT', 'there was no answer in time from'],
  ['EDNS', 'there is no such host:'],
  ['ETLS', 'no encryption could be agreed on with'],
] as const;

/** Why a mail server cannot be reached; null where it said something. */
function unreachableReason(
  error: unknown,
  { host = '', port }: { readonly host?: string | undefined; readonly port?: number | string | undefined },
): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, reason] =
    connectionFaults.find(([name]) => code === name || (code === 'ESOCKET' && message.includes(name))) ?? [];
  return reason === undefined ? null : `${reason} ${port === undefined ? host : `${host}:${port}`}`;
}

/** Resolves when a step of a connection has ended; an error of the connection itself ends it as well. */
const runStep = (connection: SMTPConnection, step: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    step((error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/**
 * The text, of which nothing leaves before `beforeText` is through: the server asks for it after it took the addresses
 * (RFC 5321, 4.1.1.4).
 */
async function* afterAnnouncement(raw: Buffer, beforeText: () => Promise<void>) {
  await beforeText();
  yield raw;
}

/** What went wrong, without the addresses that a mail server quotes. */
function notSent(error: unknown): unknown {
  const { command, code, responseCode } = error as { command?: string; code?: string; responseCode?: number };
  if (!command && !code) return error;
  return new MailNotSent(
    `the mail server ${responseCode ? `answered ${responseCode}` : `could not be used (${code})`} at ${command ?? 'connecting'}`,
    responseCode !== undefined,
  );
}
