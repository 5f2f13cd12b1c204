import type { RenderedMail } from '../content/render.js';
import type { Transport } from './transport.js';

/** Maximum number of mails kept; the oldest are dropped. */
const CAPTURE_LIMIT = 100;

/** A mail that was captured instead of sent. */
export interface CapturedMail extends RenderedMail {
  readonly id: string;
  readonly at: Date;
}

/** The mails a development server captured, newest first, for the life of the process. They contain codes and links. */
export class CapturedMails {
  #mails: readonly CapturedMail[] = [];

  capture(mail: CapturedMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, CAPTURE_LIMIT);
  }

  all(): readonly CapturedMail[] {
    return this.#mails;
  }
}

/** Captures mails for viewing instead of sending them, for development. */
export const captureTransport = (captured: CapturedMails, now: () => Date): Transport => ({
  send: async (mail, messageId, beforeText) => {
    await beforeText();
    captured.capture({ ...mail, id: messageId, at: now() });
  },
});
