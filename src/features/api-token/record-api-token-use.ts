import { minutes } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';

/** How old the note of a token's last use may be before it is written anew (in ms): one write a minute at the most. */
const RECORD_INTERVAL_MS = minutes(1);

const dueSince = (now: Date) => new Date(now.getTime() - RECORD_INTERVAL_MS);

/** Whether the note of a token's last use is old enough to be written anew. */
export const isUseRecordDue = ({ lastUsedAt }: ApiTokenViewer, now: Date): boolean =>
  lastUsedAt === null || lastUsedAt <= dueSince(now);

/**
 * Notes when and from where a token was last used; of many uses at once, one writes. A token that replaced it was not
 * used.
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
    .where(({ or, eb }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', dueSince(now))]))
    .execute();
}
