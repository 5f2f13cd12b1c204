import type { Translated } from '../../text/locale.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { select } from '../../database/read/select.js';
import { AccountDeletionLinkEntity } from '../account/account-deletion-link.entity.js';
import { formatTime, originFacts } from '../mail/content/facts.js';
import type { AddressedMail } from '../mail/content/mail.js';
import { ensureNotExpired, type MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import type { MailRequest } from '../mail/mailbox.js';

const linkById = select('deletion_link_of_mail', (db, { id }: { id: string }) =>
  db
    .selectFrom('account_deletion_links')
    .innerJoin('accounts', 'accounts.id', 'account_deletion_links.account_id')
    .where('account_deletion_links.id', '=', id)
    .select([
      'accounts.username',
      mailLocale,
      'account_deletion_links.email',
      'account_deletion_links.requested_at as requestedAt',
    ]),
);

/**
 * Composes the mail with the link that cancels a deletion. Null if the deletion was canceled since, or an
 * administrator deleted or restored the account.
 */
export async function composeAccountDeleted(
  { em, reader, now, config }: MailContext,
  { linkId, caller, expiresAt }: Extract<MailRequest, { kind: 'ACCOUNT_DELETED' }>,
): Promise<AddressedMail | null> {
  ensureNotExpired({ expiresAt }, now);
  const [link] = await linkById(reader, { id: linkId });
  if (!link) return null;
  const token = newToken('accountDeletion');
  await em.nativeUpdate(AccountDeletionLinkEntity, { id: linkId }, { tokenHash: hashToken(token) });
  const { locale, email, username, requestedAt } = link;
  const { subject, text, label, warning } = texts[locale];
  return {
    to: email,
    locale,
    username,
    mail: {
      subject,
      paragraphs: text(formatTime(locale, new Date(expiresAt))),
      facts: originFacts(locale, { at: requestedAt, ...caller }),
      warning,
      action: { label, url: new URL(`/restore-account#${token}`, config.publicUrl).href },
    },
  };
}

interface Texts {
  readonly subject: string;
  readonly text: (erasedAt: string) => string[];
  readonly label: string;
  readonly warning: string;
}

const texts: Translated<Texts> = {
  EN: {
    subject: 'Your account was deleted',
    text: (erasedAt) => [
      'Your account was deleted from a device that was signed in. You’ve been signed out everywhere, your API token and access tokens were revoked, and your call keys no longer work.',
      `We’ll permanently erase the account on ${erasedAt}. Until then, this link restores it. The link works once.`,
    ],
    label: 'Restore account',
    warning: 'If this wasn’t you, restore the account now and set a new password.',
  },
  ZH: {
    subject: '您的账号已删除',
    text: (erasedAt) => [
      '有人在已登录您账号的设备上删除了该账号。您已在所有设备上退出登录，API 令牌和访问令牌均已失效，API 密钥（sk-）也无法使用。',
      `我们将在 ${erasedAt} 永久清除该账号。在此之前，您可以通过以下链接恢复账号。链接仅可使用一次。`,
    ],
    label: '恢复账号',
    warning: '如果不是您本人的操作，请立即恢复账号并设置新密码。',
  },
};
