import type { Translated } from '../../text/locale.js';
import { select } from '../../database/read/select.js';
import { fact, formatTime } from '../mail/content/facts.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import type { MailRequest } from '../mail/mailbox.js';

const expiringToken = select('expiring_access_token', (db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('access_tokens')
    .innerJoin('accounts', 'accounts.id', 'access_tokens.account_id')
    .where('access_tokens.id', '=', id)
    .where('access_tokens.revoked_at', 'is', null)
    .where('access_tokens.expires_at', '>', now)
    .where('accounts.status', '=', 'ACTIVE')
    .select([
      'access_tokens.hint',
      'access_tokens.expires_at as expiresAt',
      'accounts.email',
      'accounts.username',
      mailLocale,
    ]),
);

/**
 * Composes the reminder that an access token expires soon; null if the token or the address is gone. It shows
 * the hint of the token, because a name could contain a message or link.
 */
export async function composeTokenReminder(
  { reader, now }: Pick<MailContext, 'reader' | 'now'>,
  { accessTokenId }: Extract<MailRequest, { kind: 'ACCESS_TOKEN_EXPIRING' }>,
): Promise<AddressedMail | null> {
  const [token] = await expiringToken(reader, { id: accessTokenId, now });
  if (!token?.email) return null;
  const { email: to, username, locale, hint, expiresAt } = token;
  const { subject, text } = texts[locale];
  const facts = [fact(locale, 'accessToken', `…${hint}`), fact(locale, 'expires', formatTime(locale, expiresAt))];
  return { to, locale, username, mail: { subject, paragraphs: [text], facts } };
}

const texts: Translated<{ readonly subject: string; readonly text: string }> = {
  EN: {
    subject: 'An access token expires soon',
    text: 'An access token that you use expires within a week. Rotate it in your Profile so nothing stops.',
  },
  ZH: {
    subject: '您的访问令牌即将过期',
    text: '您正在使用的一个访问令牌将在一周内过期。请在个人中心更换该令牌，以免服务中断。',
  },
};
