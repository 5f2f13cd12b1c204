import { select } from '../../database/read/select.js';
import { toGlobalId } from '../../rules/global-id.js';
import { fact, formatTime } from '../mail/content/facts.js';
import type { AddressedMail } from '../mail/content/mail.js';
import { noticeMail } from '../mail/content/notice.js';
import { webhookNotices } from '../mail/content/webhook-notices.js';
import type { MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import type { MailRequest } from '../mail/mailbox.js';

const rootOfNotice = select('root_of_webhook_notice', (db, { id }: { id: string }) =>
  db
    .selectFrom('accounts')
    .where('id', '=', id)
    .where('role', '=', 'ROOT')
    .where('status', '=', 'ACTIVE')
    .select(['username', 'email', mailLocale]),
);

/** Composes the notice about a webhook to a ROOT; null if the account isn't an active ROOT now, or has no address. */
export async function composeWebhookNotice(
  { reader }: Pick<MailContext, 'reader'>,
  { type, webhookId, accountId, at }: Extract<MailRequest, { kind: 'WEBHOOK_NOTICE' }>,
): Promise<AddressedMail | null> {
  const [root] = await rootOfNotice(reader, { id: accountId });
  if (!root?.email) return null;
  const { email: to, username, locale } = root;
  const facts = [
    fact(locale, 'time', formatTime(locale, new Date(at))),
    fact(locale, 'webhook', toGlobalId('Webhook', webhookId)),
  ];
  return { to, locale, username, mail: noticeMail(webhookNotices[type], locale, facts) };
}
