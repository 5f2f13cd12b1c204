import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Db } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';

/** A trusted browser, with its token hash, which tells whether it is the browser of a request. */
export type TrustedBrowserRow = Awaited<ReturnType<typeof findTrustedBrowsersOfAccounts>>[number];

interface AccountsParameters {
  readonly accountIds: readonly string[];
  readonly now: Date;
}

/** Finds the trusted browsers of accounts, the last used first. */
export const findTrustedBrowsersOfAccounts = select(
  'trusted_browsers_of_accounts',
  (db, { accountIds, now }: AccountsParameters) =>
    selectValid(db, now)
      .where(({ eb, val }) => eb('trusted_browsers.account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .orderBy('trusted_browsers.last_used_at', 'desc')
      .orderBy('trusted_browsers.id', 'desc'),
);

const ownTrustedBrowser = select(
  'own_trusted_browser',
  (db, { id, accountId, now }: { id: string; accountId: string; now: Date }) =>
    selectValid(db, now).where('trusted_browsers.id', '=', id).where('trusted_browsers.account_id', '=', accountId),
);

/** Finds one trusted browser of an account; null if the ID is unknown or another account's. */
export async function findOwnTrustedBrowser(
  { reader, now }: Pick<RuleContext, 'reader' | 'now'>,
  id: string,
  accountId: string,
): Promise<TrustedBrowserRow | null> {
  const [row] = await ownTrustedBrowser(reader, { id, accountId, now });
  return row ?? null;
}

const trustedBrowserByToken = select(
  'trusted_browser_by_token',
  (db, { tokenHash, accountId, now }: { tokenHash: string; accountId: string; now: Date }) =>
    selectValid(db, now)
      .where('trusted_browsers.token_hash', '=', tokenHash)
      .where('trusted_browsers.account_id', '=', accountId),
);

/** Finds the ID of an account's trusted browser by its token; null if the account doesn't trust it. */
export async function findTrustedBrowserByToken(
  { reader, now }: Pick<RuleContext, 'reader' | 'now'>,
  token: string | null,
  accountId: string,
): Promise<string | null> {
  if (token === null || !isToken('trustedBrowser', token)) return null;
  const [row] = await trustedBrowserByToken(reader, { tokenHash: hashToken(token), accountId, now });
  return row?.id ?? null;
}

/** Trust that is neither expired nor older than the account's `authVersion`. */
function selectValid(db: Db, now: Date) {
  return db
    .selectFrom('trusted_browsers')
    .innerJoin('accounts', 'accounts.id', 'trusted_browsers.account_id')
    .whereRef('trusted_browsers.auth_version', '=', 'accounts.auth_version')
    .where('trusted_browsers.expires_at', '>', now)
    .select([
      'trusted_browsers.id',
      'trusted_browsers.account_id as accountId',
      'trusted_browsers.token_hash as tokenHash',
      'trusted_browsers.created_at as createdAt',
      'trusted_browsers.last_used_at as lastUsedAt',
      'trusted_browsers.expires_at as expiresAt',
      'trusted_browsers.ip',
      'trusted_browsers.user_agent as userAgent',
    ]);
}
