import { maskEmailAddress } from '../account/email-address.js';
import type { Translated } from '../../text/locale.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import { mailLocale } from '../mail/mail-locale.js';
import { ensureNotExpired, type MailContext } from '../mail/mail-composer.js';
import type { MailRequest } from '../mail/mailbox.js';
import { originFacts } from '../mail/content/facts.js';
import { EmailChangeEntity } from './email-change.entity.js';

const changeById = select('email_change_of_mail', (db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('email_changes')
    .innerJoin('accounts', 'accounts.id', 'email_changes.account_id')
    .where('email_changes.id', '=', id)
    .where('email_changes.expires_at', '>', now)
    .select([
      'accounts.username',
      mailLocale,
      'email_changes.former_email as previousEmail',
      'email_changes.new_email as newEmail',
      'email_changes.created_at as createdAt',
    ]),
);

/**
 * Composes the notice to the previous address, with the only emailed link that acts directly. Null if the change
 * was already undone.
 */
export async function composeEmailChanged(
  { em, reader, now, config }: MailContext,
  { changeId, caller, ...expiring }: Extract<MailRequest, { kind: 'EMAIL_CHANGED' }>,
): Promise<AddressedMail | null> {
  const [change] = await changeById(reader, { id: changeId, now });
  if (!change) {
    ensureNotExpired(expiring, now);
    return null;
  }
  const token = newToken('emailChange');
  await em.nativeUpdate(EmailChangeEntity, { id: changeId }, { tokenHash: hashToken(token) });
  const locale = change.locale;
  const { subject, text, label, warning } = texts[locale];
  return {
    to: change.previousEmail,
    locale,
    username: change.username,
    mail: {
      subject,
      paragraphs: [text(maskEmailAddress(change.newEmail))],
      facts: originFacts(locale, { at: change.createdAt, ...caller }),
      warning,
      action: { label, url: new URL(`/revert-email-change#${token}`, config.publicUrl).href },
    },
  };
}

interface Texts {
  readonly subject: string;
  readonly text: (newAddress: string) => string;
  readonly label: string;
  readonly warning: string;
}

const texts: Translated<Texts> = {
  EN: {
    subject: 'Your email address was changed',
    text: (address) => `Your email address was changed to ${address}. Emails about your account now go there.`,
    label: 'Undo email change',
    warning:
      'If this wasn’t you, undo it within 72 hours. We’ll restore this address, sign out all devices, revoke your API token and access tokens, and have you set a new password.',
  },
  ZH: {
    subject: '您的邮箱已更改',
    text: (address) => `您的账号邮箱已更改为 ${address}，今后的账号邮件将发送到新邮箱。`,
    label: '撤销邮箱更改',
    warning:
      '如果不是您本人的操作，请在 72 小时内撤销更改：我们将恢复本邮箱，退出所有设备，使 API 令牌和访问令牌失效，并请您设置新密码。',
  },
};
