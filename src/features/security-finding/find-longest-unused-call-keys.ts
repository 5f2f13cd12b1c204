import { sql } from 'kysely';
import { fromOwners } from '../../database/read/keyset.js';
import { select } from '../../database/read/select.js';
import { publicColumns } from '../call-key/find-call-keys.js';

interface Parameters {
  readonly accountIds: readonly string[];
  readonly now: Date;
  /** Maximum number of keys of each account. */
  readonly limit: number;
}

/**
 * Finds the call keys of each account that are neither disabled nor expired, longest unused first. A key that was never
 * used counts from its creation.
 */
export const findLongestUnusedCallKeys = select(
  'longest_unused_call_keys',
  (db, { accountIds, now, limit }: Parameters) =>
    fromOwners(db, accountIds)
      .innerJoinLateral(
        ({ selectFrom }) =>
          selectFrom('call_keys')
            .whereRef('call_keys.account_id', '=', 'owners.account_id')
            .where('call_keys.disabled', '=', false)
            .where(({ eb, or }) => or([eb('call_keys.expires_at', 'is', null), eb('call_keys.expires_at', '>', now)]))
            .orderBy(({ fn }) => fn.coalesce('call_keys.last_used_at', 'call_keys.created_at'))
            .orderBy('call_keys.id')
            .limit(sql<number>`${limit}`)
            .select(publicColumns(now))
            .as('call_key'),
        (join) => join.onTrue(),
      )
      .selectAll('call_key'),
);
