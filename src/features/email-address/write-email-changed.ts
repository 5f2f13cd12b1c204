import { maskEmailAddress } from '../account/email-address.js';
import type { Translated } from '../../text/locale.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-writer.js';
import type { MailRequest } from '../mail/mailbox.js';
import { circumstances } from '../mail/content/facts.js';
import { EmailChangeEntity } from './email-change.entity.js';

const changeById = select('email_change_of_mail', (db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('email_changes')
    .innerJoin('accounts', 'accounts.id', 'email_changes.account_id')
    .where('email_changes.id', '=', id)
    .where('email_changes.expires_at', '>', now)
    .select([
      'accounts.username',
      'accounts.locale',
      'email_changes.former_email as previousEmail',
      'email_changes.new_email as newEmail',
      'email_changes.created_at as createdAt',
    ]),
);

/**
 * The word to the former address that another one took its place, with the one link that acts on its own. Null
 * where it was undone already.
 */
export async function writeEmailChanged(
  { em, reader, now, config }: MailContext,
  { changeId, caller }: Extract<MailRequest, { kind: 'EMAIL_CHANGED' }>,
): Promise<AddressedMail | null> {
  const [change] = await changeById(reader, { id: changeId, now });
  if (!change) return null;
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
      facts: circumstances(locale, { at: change.createdAt, ...caller }),
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
    text: (address) =>
      `The address ${address} took the place of this one. From now on mails about your account go there.`,
    label: 'This wasn’t me',
    warning:
      'If this wasn’t you, use the button within 72 hours: it brings this address back, ends every session, and lets you choose a new password.',
  },
  ZH: {
    subject: '您的邮箱已更改',
    text: (address) => `您的账号已改为绑定邮箱 ${address}，今后与账号有关的邮件将发送到那里。`,
    label: '不是我本人的操作',
    warning: '如果不是您本人的操作，请在 72 小时内点击按钮：本邮箱将恢复绑定，所有登录会话将结束，您可以设置新密码。',
  },
};
