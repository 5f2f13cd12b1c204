import { sql } from 'kysely';
import {
  fromOwners,
  isOnPage,
  pageParameters,
  type PageParameters,
  type PageRequest,
} from '../../database/read/keyset.js';
import { select, type Db } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { publicColumns, statusAt, type CallKeyRow, type CallKeyStatus } from './find-call-keys.js';

/** The filter of call keys; null fields don't filter. */
export interface CallKeySelection {
  /** Part of the name, case-insensitive, or the start of the hint. */
  readonly search: string | null;
  readonly status: CallKeyStatus | null;
}

interface CountParameters extends CallKeySelection {
  readonly accountIds: readonly string[];
  readonly now: Date;
}

/** The search is a plain string, not a pattern, so it needs no escaping. */
const isSelected = ({ search, status, now }: CountParameters) => sql<boolean>`
  (${search}::text is null or strpos(lower(call_keys.name), lower(${search})) > 0 or starts_with(call_keys.hint, ${search}))
  and (${status}::text is null or ${statusAt(now)} = ${status})`;

const buildPageQuery = (direction: 'asc' | 'desc') => (db: Db, parameters: CountParameters & PageParameters) =>
  fromOwners(db, parameters.accountIds)
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('call_keys')
          .whereRef('call_keys.account_id', '=', 'owners.account_id')
          .where(isSelected(parameters))
          .where(({ ref }) => isOnPage(ref('call_keys.id'), parameters))
          .orderBy('call_keys.id', direction)
          .limit(sql<number>`${parameters.limit}`)
          .select(publicColumns(parameters.now))
          .as('call_key'),
      (join) => join.onTrue(),
    )
    .selectAll('call_key');

const callKeysForward = select('call_keys_forward', buildPageQuery('desc'));
const callKeysBackward = select('call_keys_backward', buildPageQuery('asc'));

/** Finds the rows of a page of call keys for each account, in one statement. */
export const listCallKeys = (
  { reader, now }: Pick<RuleContext, 'reader' | 'now'>,
  accountIds: readonly string[],
  { selection, page }: { readonly selection: CallKeySelection; readonly page: PageRequest },
): Promise<readonly CallKeyRow[]> =>
  (page.backward ? callKeysBackward : callKeysForward)(reader, {
    ...selection,
    ...pageParameters(page),
    accountIds,
    now,
  });

const callKeyCounts = select('call_key_counts', (db, parameters: CountParameters) =>
  fromOwners(db, parameters.accountIds)
    .innerJoin('call_keys', 'call_keys.account_id', 'owners.account_id')
    .where(isSelected(parameters))
    .groupBy('owners.account_id')
    .select(({ fn }) => ['owners.account_id as accountId', fn.countAll<bigint>().as('count')]),
);

/** Counts the call keys of each account; accounts without keys are left out. */
export const countCallKeys = (
  { reader, now }: Pick<RuleContext, 'reader' | 'now'>,
  accountIds: readonly string[],
  { selection }: { readonly selection: CallKeySelection },
) => callKeyCounts(reader, { ...selection, accountIds, now });
