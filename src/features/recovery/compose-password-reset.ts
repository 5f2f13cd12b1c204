import { inMinutes } from '../../duration.js';
import type { Translated } from '../../text/locale.js';
import { select } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import { transaction } from '../../rules/transaction.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import { disabledMailbox, type MailRequest } from '../mail/mailbox.js';
import { originFacts } from '../mail/content/facts.js';
import { recordEvent } from '../security-event/record-event.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from './issue-password-reset.js';

const accountByEmail = select('account_of_password_reset', (db, { emailKey }: { emailKey: string }) =>
  db
    .selectFrom('accounts')
    .where('email_key', '=', emailKey)
    .where('status', '=', 'ACTIVE')
    .select(['id', 'username', 'email', mailLocale]),
);

/** Composes the email to reset a password; null if no account has the address, or it was requested too often. */
export async function composePasswordReset(
  context: MailContext,
  { email, caller }: Extract<MailRequest, { kind: 'PASSWORD_RESET' }>,
  isFirstTry: boolean,
): Promise<AddressedMail | null> {
  const { em, reader, now, keys, config, rateLimits } = context;
  const [account] = await accountByEmail(reader, { emailKey: email });
  if (!account?.email) return null;
  if (isFirstTry && !(await rateLimits.isWithin('passwordResetPerAccount', account.id))) return null;
  const token = await transaction(
    { em, caller, now, keys, mail: disabledMailbox },
    noAuthority,
    async (context) => {
      const accountId = account.id;
      if (isFirstTry) await recordEvent(context, { type: 'PASSWORD_RESET_REQUESTED', accountId, actorId: null });
      const lifetimeMs = RESET_LIFETIME_MS;
      return issuePasswordReset(context, { accountId, emailKey: email, lifetimeMs });
    },
    { ids: [account.id] },
  );
  const locale = account.locale;
  const { subject, text, label, warning } = texts[locale];
  return {
    to: account.email,
    locale,
    username: account.username,
    mail: {
      subject,
      paragraphs: [text(inMinutes(RESET_LIFETIME_MS))],
      warning,
      action: { label, url: passwordResetLink(config.publicUrl, token) },
      facts: originFacts(locale, { at: now, ...caller }),
    },
  };
}

interface Texts {
  readonly subject: string;
  readonly text: (minutes: number) => string;
  readonly label: string;
  readonly warning: string;
}

const texts: Translated<Texts> = {
  EN: {
    subject: 'Reset your password',
    text: (minutes) =>
      `We received a request to reset your password. This link works once and expires in ${minutes} minutes.`,
    label: 'Reset password',
    warning: 'If this wasn’t you, ignore this email. Your password won’t change.',
  },
  ZH: {
    subject: '重置密码',
    text: (minutes) =>
      `我们收到了重置您账号密码的请求。请通过以下链接设置新密码。链接仅可使用一次，${minutes} 分钟内有效。`,
    label: '重置密码',
    warning: '如果不是您本人的操作，请忽略此邮件，您的密码不会改变。',
  },
};
