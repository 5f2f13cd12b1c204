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
  /** Whether it lists the account's call keys, access tokens and passkeys, which keep working (R-50, D-9). */
  readonly listsCredentials?: boolean;
  /** Whether it shows how many backup codes are left. */
  readonly countsBackupCodes?: boolean;
  /** Whether to send at most one per hour. */
  readonly atMostHourly?: boolean;
}

/** The warning of a notice that someone who is signed in can act on. */
export const changePasswordWarning: Translated = {
  EN: 'If this wasn’t you, change your password now and sign out all other devices. If you can’t sign in, reset your password or contact an administrator.',
  ZH: '如果不是您本人的操作，请立即修改密码，并退出其他所有设备。如果无法登录，请重置密码或联系管理员。',
};

/** The warning of a notice after which the owner may be locked out. */
export const contactAdministrator: Translated = {
  EN: 'If this wasn’t you, reset your password now or contact an administrator.',
  ZH: '如果不是您本人的操作，请立即重置密码，或联系管理员。',
};

/** Builds the mail of a notice in one language. */
export const noticeMail = ({ subject, text, warning }: Notice, locale: Locale, facts: readonly Fact[]): Mail => ({
  subject: subject[locale],
  paragraphs: [text[locale]],
  warning: warning[locale],
  facts,
});
