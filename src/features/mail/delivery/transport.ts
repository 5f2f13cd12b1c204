import type { RenderedMail } from '../content/render.js';

/** Hands mails to the outside. */
export interface Transport {
  /**
   * Hands over one mail.
   *
   * @param messageId the same at each try, so that a mail that arrives twice can be known as one (RFC 5322, 3.6.4)
   * @param beforeText called when the server is about to get the text: from then on a mail may have arrived even if no
   * answer comes back
   * @throws {MailNotSent}
   */
  send(mail: RenderedMail, messageId: string, beforeText: () => Promise<void>): Promise<void>;
}

/** A mail server did not take a mail. The message says at which step, and never to whom. */
export class MailNotSent extends Error {
  constructor(
    message: string,
    /** Whether the server said no, so that it surely has nothing of it. */ readonly rejectedByServer: boolean,
  ) {
    super(message);
  }
}
