import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Config } from '../config.js';
import type { KeptMails } from './kept-mails.js';
import type { RenderedMail } from './render-letter.js';

/** How long a mail server may take to take a connection, to greet, and to answer (in ms). */
const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;

/** A mail server did not take a mail. The message says at which step, and never to whom (R-98). */
export class MailNotSent extends Error {
  constructor(message: string, /** Whether the server said no, so that it surely has nothing of it. */ readonly refused: boolean) {
    super(message);
  }
}

/** Hands mails to the outside. */
export interface Transport {
  /**
   * Hands over one mail.
   *
   * @param messageId the same at each try, so that a mail that arrives twice can be known as one (RFC 5322, 3.6.4)
   * @param beforeText called when the server is about to get the text: from then on a mail may have arrived even if no answer comes back
   * @throws {MailNotSent}
   */
  send(mail: RenderedMail, messageId: string, beforeText: () => Promise<void>): Promise<void>;
  close(): void;
}

/** Sends by SMTP. A connection for each mail: they are few, and one that is kept open has to be looked after. */
export function smtpTransport({ smtpUrl, from }: Config['mail'] & { readonly smtpUrl: string }): Transport {
  const smtp = createTransport({
    url: smtpUrl, connectionTimeout: CONNECT_TIMEOUT_MS, greetingTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true, disableUrlAccess: true,
  });
  return {
    send: async (mail, messageId, beforeText) => {
      const composed = new MailComposer({ from, messageId, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } }).compile();
      const raw = await composed.build();
      try {
        await smtp.sendMail({ envelope: composed.getEnvelope(), raw: Readable.from(announced(raw, beforeText)) });
      } catch (error) {
        throw notSent(error);
      }
    },
    close: () => smtp.close(),
  };
}

/** The text, of which nothing leaves before `beforeText` is through: the server asks for it after it took the addresses (RFC 5321, 4.1.1.4). */
async function* announced(raw: Buffer, beforeText: () => Promise<void>) {
  await beforeText();
  yield raw;
}

/** What went wrong, without the addresses that a mail server quotes. */
function notSent(error: unknown): unknown {
  const { command, code, responseCode } = error as { command?: string; code?: string; responseCode?: number };
  if (!command && !code) return error;
  return new MailNotSent(`the mail server ${responseCode ? `answered ${responseCode}` : `could not be used (${code})`} at ${command ?? 'connecting'}`, responseCode !== undefined);
}

/** Keeps mails to be looked at instead of sending them, for development. */
export const keepingTransport = (kept: KeptMails, now: () => Date): Transport => ({
  send: async (mail, messageId, beforeText) => {
    await beforeText();
    kept.keep({ ...mail, id: messageId, at: now() });
  },
  close: () => undefined,
});
