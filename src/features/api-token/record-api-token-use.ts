import { minutes } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';

/** Minimum interval between updates of the last use. */
const RECORD_INTERVAL_MS = minutes(1);

/** The last use before which a new one is recorded. */
export const getUseRecordDueTime = (now: Date): Date => new Date(now.getTime() - RECORD_INTERVAL_MS);

/** Whether the last use of a token is due to be updated. */
export const isUseRecordDue = ({ lastUsedAt }: ApiTokenViewer, now: Date): boolean =>
  lastUsedAt === null || lastUsedAt <= getUseRecordDueTime(now);

/**
 * Stores when and from where a token was last used. Only one of several concurrent uses writes, and never to a token
 * that replaced this one.
 */
export async function recordApiTokenUse(
  em: EntityManager,
  { accountId, tokenHash }: ApiTokenViewer,
  ip: string | null,
  now: Date,
): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('api_tokens')
    .set({ last_used_at: now, last_used_ip: ip })
    .where('account_id', '=', accountId)
    .where('token_hash', '=', tokenHash)
    .where(({ or, eb }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', getUseRecordDueTime(now))]))
    .execute();
}
