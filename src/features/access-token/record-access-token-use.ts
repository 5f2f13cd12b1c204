import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { getUseRecordDueTime } from '../api-token/record-api-token-use.js';

/** Stores when and from where an access token was last used. Only one of several concurrent uses writes. */
export async function recordAccessTokenUse(
  em: EntityManager,
  accessTokenId: string,
  ip: string | null,
  now: Date,
): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('access_tokens')
    .set({ last_used_at: now, last_used_ip: ip })
    .where('id', '=', accessTokenId)
    .where(({ or, eb }) => or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', getUseRecordDueTime(now))]))
    .execute();
}
