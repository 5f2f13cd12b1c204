import { expressionBuilder, sql, type AliasableExpression, type Expression, type SqlBool } from 'kysely';
import { days } from '../../duration.js';
import { select, type Db, type Reader, type Tables } from '../../database/read/select.js';
import type { TokenScope } from '../../rules/token-scope.js';

/** Whether an access token can be used, and why not. */
export type AccessTokenStatus = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

/** How long an expired token is listed. */
const EXPIRED_LISTED_MS = days(90);

/** An access token without its hashes. */
export type AccessTokenRow = Awaited<ReturnType<typeof accessTokensOfAccounts>>[number];

/** The public columns of an access token, with the status derived from the time. */
export const accessTokenColumns = (now: Date) =>
  [
    'access_tokens.id',
    'access_tokens.account_id as accountId',
    'access_tokens.name',
    'access_tokens.hint',
    sql<TokenScope[]>`access_tokens.scopes`.as('scopes'),
    'access_tokens.allowed_ips as allowedIps',
    sql<AccessTokenStatus>`case when revoked_at is not null then 'REVOKED' when expires_at <= ${now}::timestamptz then 'EXPIRED' else 'ACTIVE' end`.as(
      'status',
    ),
    'access_tokens.created_at as createdAt',
    'access_tokens.expires_at as expiresAt',
    'access_tokens.last_used_at as lastUsedAt',
    'access_tokens.last_used_ip as lastUsedIp',
    sql<Date | null>`case when old_token_valid_until > ${now}::timestamptz then old_token_valid_until end`.as(
      'oldTokenValidUntil',
    ),
  ] as const;

/** Whether a row has a token that works: the current one, or the one before the last rotation in its grace period. */
export function hasToken({ tokenHash, now }: { readonly tokenHash: string; readonly now: Date }): Expression<SqlBool> {
  const { or, and, eb } = expressionBuilder<Tables, 'access_tokens'>();
  return or([
    eb('access_tokens.token_hash', '=', tokenHash),
    and([eb('access_tokens.old_token_hash', '=', tokenHash), eb('access_tokens.old_token_valid_until', '>', now)]),
  ]);
}

/** When a token of a row expires: an old one in its grace period may end before the row does. */
export const endOfToken = (tokenHash: string): AliasableExpression<Date> =>
  sql<Date>`case when access_tokens.token_hash = ${tokenHash} then access_tokens.expires_at else least(access_tokens.expires_at, access_tokens.old_token_valid_until) end`;

const selectTokens = (db: Db, now: Date) => db.selectFrom('access_tokens').select(accessTokenColumns(now));

interface AccountsParameters {
  readonly accountIds: readonly string[];
  readonly now: Date;
  readonly since: Date;
}

const accessTokensOfAccounts = select(
  'access_tokens_of_accounts',
  (db, { accountIds, now, since }: AccountsParameters) =>
    selectTokens(db, now)
      .where(({ eb, val }) => eb('account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', since)
      .orderBy('id', 'desc'),
);

/** Finds the tokens of accounts, newest first: no revoked ones, and expired ones for 90 days. */
export const findAccessTokensOfAccounts = (
  reader: Reader,
  accountIds: readonly string[],
  now: Date,
): Promise<readonly AccessTokenRow[]> =>
  accessTokensOfAccounts(reader, { accountIds, now, since: new Date(now.getTime() - EXPIRED_LISTED_MS) });

/** Finds tokens of any account by ID, also revoked ones. */
export const findAccessTokensById = select(
  'access_tokens_by_id',
  (db, { ids, now }: { ids: readonly string[]; now: Date }) =>
    selectTokens(db, now).where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`)),
);
