import type { Locale, Translated } from '../../../text/locale.js';
import type { Fact, Mail } from './mail.js';

/** A notice to the owner of an account about an event. */
export interface Notice {
  readonly subject: Translated;
  readonly text: Translated;
  /** What to do if it wasn't you. */
  readonly warning: Translated;
  /** Delay before sending, in seconds, for events that may turn out harmless. */
  readonly afterSeconds?: number;
  /** Whether it lists the account's call keys, which keep working. */
  readonly listsCallKeys?: boolean;
  /** Whether it shows how many backup codes are left. */
  readonly countsBackupCodes?: boolean;
  /** Whether to send at most one per hour. */
  readonly atMostHourly?: boolean;
}

/** Builds the mail of a notice in one language. */
export const noticeMail = ({ subject, text, warning }: Notice, locale: Locale, facts: readonly Fact[]): Mail => ({
  subject: subject[locale],
  paragraphs: [text[locale]],
  warning: warning[locale],
  facts,
});
