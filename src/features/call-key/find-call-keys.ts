import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';
import { periodColumns } from './quota-period.js';

export type CallKeyStatus = 'ACTIVE' | 'DISABLED' | 'EXPIRED' | 'EXHAUSTED';

/** A call key without its secrets. */
export type CallKeyRow = Awaited<ReturnType<typeof ownCallKey>>[number];

/** The status of a key at a time. Disabled takes precedence over expired, and expired over exhausted. */
export const statusAt = (
  now: Date,
) => sql<CallKeyStatus>`case when call_keys.disabled then 'DISABLED' when call_keys.expires_at <= ${now}::timestamptz then 'EXPIRED'
  when call_keys.quota_left = 0 then 'EXHAUSTED' else 'ACTIVE' end`;

/** The columns that the schema exposes, for statements that read keys or return a changed one. */
export const publicColumns = (now: Date) =>
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
    ...periodColumns,
    'call_keys.requests_per_minute_limit as requestsPerMinuteLimit',
    'call_keys.tokens_per_minute_limit as tokensPerMinuteLimit',
    // When the row was read, which decides its current period.
    sql<Date>`${now}::timestamptz`.as('readAt'),
    statusAt(now).as('status'),
    sql<Date | null>`case when call_keys.old_key_valid_until > ${now}::timestamptz then call_keys.old_key_valid_until end`.as(
      'oldKeyValidUntil',
    ),
  ] as const;

/** Finds call keys of any owner by ID, in no particular order. Callers must check who may see them. */
export const findCallKeysById = select('call_keys_by_id', (db, { ids, now }: { ids: readonly string[]; now: Date }) =>
  db
    .selectFrom('call_keys')
    .where(sql<boolean>`call_keys.id = any(${ids}::uuid[])`)
    .select(publicColumns(now)),
);

const ownCallKey = select('own_call_key', (db, { id, accountId, now }: { id: string; accountId: string; now: Date }) =>
  db
    .selectFrom('call_keys')
    .where('call_keys.id', '=', id)
    .where('call_keys.account_id', '=', accountId)
    .select(publicColumns(now)),
);

/** Finds one call key of an account by ID; null if it is unknown or belongs to another account. */
export async function findOwnCallKey(
  reader: Reader,
  id: string,
  accountId: string,
  now: Date,
): Promise<CallKeyRow | null> {
  const [row] = await ownCallKey(reader, { id, accountId, now });
  return row ?? null;
}

/** Finds the call key of a current secret, or of an old one within its grace period, with the status of its owner. */
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
      .select([...publicColumns(now), 'accounts.status as ownerStatus']),
);
