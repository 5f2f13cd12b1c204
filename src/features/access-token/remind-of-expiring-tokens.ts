import { days, hours, inSeconds } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import { transaction } from '../../rules/transaction.js';
import type { Mailbox } from '../mail/mailbox.js';

/** How often to look for tokens that expire soon. */
export const REMIND_INTERVAL_MS = hours(1);

/** How long before its end the owner of a token is reminded, and how recently it must have been used. */
const BEFORE_END_MS = days(7);
const IN_USE_MS = days(30);

/** Maximum number of reminders in one run; the next run continues. */
const REMINDERS_PER_RUN = 500;

/**
 * Emails the owners of access tokens that are in use and expire within a week, once for each end. Tokens that
 * live no longer than that are left out: their owner has just chosen the end.
 */
export async function remindOfExpiringTokens(
  em: EntityManager,
  mail: Pick<Mailbox, 'isEnabled' | 'post'>,
  now: Date,
): Promise<void> {
  if (!mail.isEnabled) return;
  await transaction({ em }, noAuthority, async ({ em }) => {
    const reminded = await em
      .getKysely<Tables>()
      .updateTable('access_tokens')
      .set({ end_reminded_at: now })
      .where('id', 'in', (tokens) =>
        tokens
          .selectFrom('access_tokens')
          .select('id')
          .where('revoked_at', 'is', null)
          .where('end_reminded_at', 'is', null)
          .where('expires_at', '>', now)
          .where('expires_at', '<=', new Date(now.getTime() + BEFORE_END_MS))
          .where('lifetime_seconds', '>', inSeconds(BEFORE_END_MS))
          .where('last_used_at', '>=', new Date(now.getTime() - IN_USE_MS))
          .orderBy('expires_at')
          .limit(REMINDERS_PER_RUN)
          .forUpdate()
          .skipLocked(),
      )
      .returning('id')
      .execute();
    for (const { id } of reminded) await mail.post(em, { kind: 'ACCESS_TOKEN_EXPIRING', accessTokenId: id });
  });
}
