import { MailNotSentError } from './transport.js';

/** The mail server of a setting. */
export interface MailServerAddress {
  readonly host?: string | undefined;
  readonly port?: number | string | undefined;
}

/** Errors of nodemailer and the system, and the reply of the mail server, if there is one. */
interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly message: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** Replies to RCPT TO after which no retry helps: no such mailbox, not local, name not allowed (RFC 5321, 4.2.3). */
const permanentReplies = new Set([550, 551, 553]);

/**
 * Turns an error of a connection to a mail server into one that says what is wrong and which setting fixes it. It never
 * contains what the server said, since servers quote addresses (R-98).
 */
export function toMailFault(error: unknown, server: MailServerAddress): unknown {
  const smtpError = error as SmtpError;
  const { command, code, responseCode } = smtpError;
  if (!command && !code) return error;
  const isPermanent = command === 'RCPT TO' && permanentReplies.has(responseCode ?? 0);
  const name = `${server.host ?? 'localhost'}${server.port === undefined ? '' : `:${server.port}`}`;
  const reply = responseCode === undefined ? null : describeReply(smtpError, responseCode, name);
  const sentence = reply ?? describeConnection(smtpError, name);
  return new MailNotSentError(sentence, { rejectedByServer: responseCode !== undefined, isPermanent });
}

function describeReply({ code, command = '', response = '' }: SmtpError, reply: number, server: string): string {
  if (command === 'STARTTLS')
    return `${server} offers no encryption (STARTTLS). Use a port that does, or add ?ignoreTLS=true to POSTERN_SMTP_URL if you trust the network.`;
  if (reply === 530 && /starttls|tls/i.test(response))
    return `${server} requires encryption (530). Remove ?ignoreTLS=true from POSTERN_SMTP_URL, or use smtps:// with a TLS port.`;
  if (reply === 530)
    return `${server} requires a user and a password (530). Add them to POSTERN_SMTP_URL, after the //: user:password@`;
  if (code === 'EAUTH' && reply === 535)
    return `${server} rejected the user or the password (535). Correct them in POSTERN_SMTP_URL, and encode special characters, such as @ as %40.`;
  if (code === 'EAUTH')
    return `${server} doesn't accept a user and a password on this connection (${reply}). Use a port with TLS, or remove them from POSTERN_SMTP_URL.`;
  if (command === 'MAIL FROM' && reply >= 500)
    return `${server} rejected the sender (${reply}). Set POSTERN_MAIL_FROM to an address that this server may send from.`;
  if (command === 'RCPT TO') return `${server} rejected the recipient (${reply}).`;
  return `${server} responded ${reply} at ${command || 'connecting'}.`;
}

/** Connection errors without a reply. The code is that of nodemailer, or in the message of the system's error. */
const connectionFaults: readonly (readonly [pattern: RegExp, describe: (server: string) => string])[] = [
  [
    /wrong version number|packet length too long/,
    (server) =>
      `${server} doesn't use TLS from the start. Use smtp:// instead of smtps:// in POSTERN_SMTP_URL; the connection is then encrypted with STARTTLS.`,
  ],
  [
    /^certificate has expired/,
    (server) => `The certificate of ${server} has expired. Renew it on the mail server, or check this machine's clock.`,
  ],
  [/altnames/, (server) => `The certificate of ${server} is for another host name. Use that name in POSTERN_SMTP_URL.`],
  [
    /certificate/,
    (server) =>
      `The certificate of ${server} isn't signed by a trusted authority. Set NODE_EXTRA_CA_CERTS to a file with the authority's certificate.`,
  ],
  [
    /Greeting never received/,
    (server) =>
      `${server} accepts connections but sends no greeting. If the port uses TLS from the start, as 465 does, use smtps:// in POSTERN_SMTP_URL; otherwise correct the port.`,
  ],
  [
    /ECONNREFUSED/,
    (server) =>
      `Connection refused by ${server}. Check that the mail server runs, and correct the host and port in POSTERN_SMTP_URL.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|^EDNS/,
    (server) => `The host of ${server} can't be found. Correct it in POSTERN_SMTP_URL, or check the DNS.`,
  ],
  [
    /^EPROTOCOL/,
    (server) => `${server} doesn't respond as a mail server. Correct the host and port in POSTERN_SMTP_URL.`,
  ],
  [
    /EHOSTUNREACH|ENETUNREACH/,
    (server) => `There is no route to ${server}. Check the network, and the host in POSTERN_SMTP_URL.`,
  ],
  [
    /^ETIMEDOUT|ETIMEDOUT/,
    (server) =>
      `No response from ${server} in time. Check the host and port in POSTERN_SMTP_URL, and whether a firewall blocks them.`,
  ],
  [
    /^ETLS/,
    (server) =>
      `${server} offers no encryption (STARTTLS). Use a port that does, or add ?ignoreTLS=true to POSTERN_SMTP_URL if you trust the network.`,
  ],
  [
    /^ECONNECTION|ECONNRESET/,
    (server) => `${server} closed the connection. Check the host and port in POSTERN_SMTP_URL.`,
  ],
];

function describeConnection({ code = '', command, message }: SmtpError, server: string): string {
  const [, describe] = connectionFaults.find(([pattern]) => pattern.test(message) || pattern.test(code)) ?? [];
  return describe?.(server) ?? `${server} failed (${code}) at ${command ?? 'connecting'}.`;
}
