import type { RequestIds } from '../../../telemetry/request-record.js';
import type { RenderedMail } from '../content/render.js';

/** Sends mails out of the process. */
export interface Transport {
  /**
   * Sends one mail.
   *
   * @param messageId the same for each try, so that recipients can detect duplicates (RFC 5322, section 3.6.4)
   * @param beforeData called right before the server gets the content; after that the mail may arrive even without a
   * response
   * @param ids the request that caused it and its trace, if there are any, for `X-Request-Id` and `X-Trace-Id`
   * @throws {MailNotSentError}
   */
  send(mail: RenderedMail, messageId: string, beforeData: () => Promise<void>, ids?: RequestIds): Promise<void>;
}

/** A mail server did not accept a mail. The message says why, and never names the recipient. */
export class MailNotSentError extends Error {
  /** Whether the server responded, so that it certainly did not accept the content. */
  readonly rejectedByServer: boolean;
  /** Whether no retry helps. */
  readonly isPermanent: boolean;

  constructor(message: string, { rejectedByServer = false, isPermanent = false } = {}) {
    super(message);
    this.rejectedByServer = rejectedByServer;
    this.isPermanent = isPermanent;
  }
}
