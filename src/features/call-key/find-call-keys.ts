import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';

/** Whether a call key can be used, and why not. */
export type CallKeyStatus = 'ACTIVE' | 'DISABLED' | 'EXPIRED' | 'EXHAUSTED';

type Db = Parameters<Parameters<typeof select>[1]>[0];

/** A call key as a list shows it: without anything to use it with. */
export type CallKeyRow = Awaited<ReturnType<typeof ownCallKey>>[number];

/** Which call keys are wanted; what is null limits nothing. */
export interface CallKeyChoice {
  /** A part of the name, whatever its case, or the beginning of the hint. */
  readonly search: string | null;
  readonly status: CallKeyStatus | null;
}

interface WantedCount extends CallKeyChoice {
  readonly accountIds: readonly string[];
  readonly now: Date;
}

/** A page of the call keys of each of some accounts. */
export interface WantedCallKeys extends WantedCount {
  /** Ids between which the page lies; the newest comes first, so that it is after a greater id. */
  readonly after: string | null;
  readonly before: string | null;
  /** How many rows for each account. */
  readonly limit: number;
}

/**
 * What a key's status is at a moment. What its owner did to it comes first, then what time did, then what it was used
 * for.
 */
const statusAt = (
  now: Date,
) => sql<CallKeyStatus>`case when call_keys.disabled then 'DISABLED' when call_keys.expires_at <= ${now}::timestamptz then 'EXPIRED'
  when call_keys.quota_left = 0 then 'EXHAUSTED' else 'ACTIVE' end`;

/** What a list shows of a call key, for statements that read keys and for those that write one. */
export const shownColumns = (now: Date) =>
  [
    'call_keys.id',
    'call_keys.account_id as accountId',
    'call_keys.name',
    'call_keys.hint',
    'call_keys.created_at as createdAt',
    'call_keys.expires_at as expiresAt',
    'call_keys.last_used_at as lastUsedAt',
    'call_keys.models',
    'call_keys.allowed_ips as allowedIps',
    'call_keys.quota_left as quotaLeft',
    'call_keys.quota_used as quotaUsed',
    statusAt(now).as('status'),
    sql<Date | null>`case when call_keys.old_key_valid_until > ${now}::timestamptz then call_keys.old_key_valid_until end`.as(
      'oldKeyValidUntil',
    ),
  ] as const;

const ownersOf = (db: Db, accountIds: readonly string[]) =>
  db.selectFrom(sql<{ account_id: string }>`unnest(${accountIds}::uuid[])`.as<'owners'>(sql`owners (account_id)`));

/** Nothing of a search is a pattern, so that nothing in it has to be escaped. */
const chosen = ({ search, status, now }: WantedCount) => sql<boolean>`
  (${search}::text is null or strpos(lower(call_keys.name), lower(${search})) > 0 or starts_with(call_keys.hint, ${search}))
  and (${status}::text is null or ${statusAt(now)} = ${status})`;

const page = (direction: 'asc' | 'desc') => (db: Db, wanted: WantedCallKeys) =>
  ownersOf(db, wanted.accountIds)
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('call_keys')
          .whereRef('call_keys.account_id', '=', 'owners.account_id')
          .where(chosen(wanted))
          .where(sql<boolean>`(${wanted.after}::uuid is null or call_keys.id < ${wanted.after})`)
          .where(sql<boolean>`(${wanted.before}::uuid is null or call_keys.id > ${wanted.before})`)
          .orderBy('call_keys.id', direction)
          .limit(sql<number>`${wanted.limit}`)
          .select(shownColumns(wanted.now))
          .as('call_key'),
      (join) => join.onTrue(),
    )
    .selectAll('call_key');

const callKeysForward = select('call_keys_forward', page('desc'));
const callKeysBackward = select('call_keys_backward', page('asc'));

/**
 * A page of the call keys of each of some accounts, in one statement whatever their number: newest first, or from the
 * end oldest first.
 */
export const findCallKeys = (
  reader: Reader,
  wanted: WantedCallKeys,
  backward: boolean,
): Promise<readonly CallKeyRow[]> => (backward ? callKeysBackward : callKeysForward)(reader, wanted);

/** How many call keys each of some accounts has; an account that has none is left out. */
export const countCallKeys = select('call_key_counts', (db, wanted: WantedCount) =>
  ownersOf(db, wanted.accountIds)
    .innerJoin('call_keys', 'call_keys.account_id', 'owners.account_id')
    .where(chosen(wanted))
    .groupBy('owners.account_id')
    .select(({ fn }) => ['owners.account_id as accountId', fn.countAll<bigint>().as('count')]),
);

/**
 * Call keys by their ids, in no order, whoever's they are: for what is shown to whom they belong, and to
 * administrators.
 */
export const findCallKeysById = select('call_keys_by_id', (db, { ids, now }: { ids: readonly string[]; now: Date }) =>
  db
    .selectFrom('call_keys')
    .where(sql<boolean>`call_keys.id = any(${ids}::uuid[])`)
    .select(shownColumns(now)),
);

const ownCallKey = select('own_call_key', (db, { id, accountId, now }: { id: string; accountId: string; now: Date }) =>
  db
    .selectFrom('call_keys')
    .where('call_keys.id', '=', id)
    .where('call_keys.account_id', '=', accountId)
    .select(shownColumns(now)),
);

/** One call key of an account, by its id; null where there is none, or it is somebody else's. */
export async function findOwnCallKey(
  reader: Reader,
  id: string,
  accountId: string,
  now: Date,
): Promise<CallKeyRow | null> {
  const [row] = await ownCallKey(reader, { id, accountId, now });
  return row ?? null;
}

/**
 * The call key that a secret belongs to, be it the new one or an old one in its grace, with what its owner's account
 * allows.
 */
export const findCallKeyBySecret = select(
  'call_key_by_secret',
  (db, { keyHash, now }: { keyHash: string; now: Date }) =>
    db
      .selectFrom('call_keys')
      .innerJoin('accounts', 'accounts.id', 'call_keys.account_id')
      .where(({ or, and, eb }) =>
        or([
          eb('call_keys.key_hash', '=', keyHash),
          and([eb('call_keys.old_key_hash', '=', keyHash), eb('call_keys.old_key_valid_until', '>', now)]),
        ]),
      )
      .select([...shownColumns(now), 'accounts.status as ownerStatus']),
);
