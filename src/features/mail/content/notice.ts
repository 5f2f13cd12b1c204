import type { Locale, Translated } from '../../../text/locale.js';
import type { Fact, Mail } from './mail.js';

/** What the owner of an account is notified of when something happens to it. */
export interface Notice {
  readonly subject: Translated;
  readonly text: Translated;
  /** What to do if it was somebody else. */
  readonly warning: Translated;
  /** How long it waits, for what may turn out to be nothing (in s). */
  readonly afterSeconds?: number;
  /** Whether it lists the call keys of the account, which go on working. */
  readonly listsCallKeys?: boolean;
  /** Whether it tells how many backup codes are left. */
  readonly countsBackupCodes?: boolean;
  /** Whether one an hour is enough, however often it happens. */
  readonly atMostHourly?: boolean;
}

/** A notice in a language, with the facts of its event. */
export const noticeMail = ({ subject, text, warning }: Notice, locale: Locale, facts: readonly Fact[]): Mail => ({
  subject: subject[locale],
  paragraphs: [text[locale]],
  warning: warning[locale],
  facts,
});
