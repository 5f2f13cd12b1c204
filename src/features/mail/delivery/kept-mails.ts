import type { RenderedMail } from '../content/render.js';
import type { Transport } from './transport.js';

/** How many mails are kept; older ones make way. */
const MOST_KEPT = 100;

/** A mail that was not sent. */
export interface KeptMail extends RenderedMail {
  readonly id: string;
  readonly at: Date;
}

/**
 * The mails that a development server would have sent, newest first, for as long as it runs. They hold codes and links.
 */
export class KeptMails {
  #mails: readonly KeptMail[] = [];

  keep(mail: KeptMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, MOST_KEPT);
  }

  all(): readonly KeptMail[] {
    return this.#mails;
  }
}

/** Keeps mails to be looked at instead of sending them, for development. */
export const keepingTransport = (kept: KeptMails, now: () => Date): Transport => ({
  send: async (mail, messageId, beforeText) => {
    await beforeText();
    kept.keep({ ...mail, id: messageId, at: now() });
  },
});
