import type { RenderedMail } from '../content/render.js';
import type { Transport } from './transport.js';

/** How many mails are kept; older ones make way. */
const CAPTURE_LIMIT = 100;

/** A mail that was not sent. */
export interface CapturedMail extends RenderedMail {
  readonly id: string;
  readonly at: Date;
}

/**
 * The mails that a development server would have sent, newest first, for as long as it runs. They hold codes and links.
 */
export class CapturedMails {
  #mails: readonly CapturedMail[] = [];

  capture(mail: CapturedMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, CAPTURE_LIMIT);
  }

  all(): readonly CapturedMail[] {
    return this.#mails;
  }
}

/** Keeps mails to be looked at instead of sending them, for development. */
export const captureTransport = (captured: CapturedMails, now: () => Date): Transport => ({
  send: async (mail, messageId, beforeText) => {
    await beforeText();
    captured.capture({ ...mail, id: messageId, at: now() });
  },
});
