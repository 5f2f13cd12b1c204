import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Reader } from '../../database/read/select.js';
import { isInRanges } from '../../net/ip-address.js';
import type { TokenScope } from '../../rules/token-scope.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';
import { endOfToken, hasToken } from './find-access-tokens.js';
import { viewerAccountColumns } from '../session/find-viewer-by-session.js';

const viewerByAccessToken = select(
  'viewer_by_access_token',
  (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
    db
      .selectFrom('access_tokens')
      .innerJoin('accounts', 'accounts.id', 'access_tokens.account_id')
      .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
      .where(hasToken({ tokenHash, now }))
      .where('access_tokens.revoked_at', 'is', null)
      .where('access_tokens.expires_at', '>', now)
      .where('accounts.status', '=', 'ACTIVE')
      .select([
        ...viewerAccountColumns,
        'access_tokens.id as accessTokenId',
        sql<TokenScope[]>`access_tokens.scopes`.as('scopes'),
        'access_tokens.allowed_ips as allowedIps',
        'access_tokens.last_used_at as lastUsedAt',
        'access_tokens.created_at as issuedAt',
        endOfToken(tokenHash).as('expiresAt'),
      ]),
);

/**
 * Finds the viewer of an access token; null if it is malformed, unknown, expired or revoked, is used from another
 * address than its owner allowed, or its account isn't active. All are read on every request.
 *
 * @param ip the address of the caller; without one, a token that is restricted to addresses is refused
 */
export async function findViewerByAccessToken(
  reader: Reader,
  token: string,
  { ip, now }: { readonly ip: string | null; readonly now: Date },
): Promise<ApiTokenViewer | null> {
  if (!isToken('accessToken', token)) return null;
  const tokenHash = hashToken(token);
  const [row] = await viewerByAccessToken(reader, { tokenHash, now });
  if (!row) return null;
  const { allowedIps, ...viewer } = row;
  if (allowedIps.length > 0 && !isInRanges(allowedIps, ip)) return null;
  return { ...viewer, tokenHash, credential: 'API_TOKEN', serviceScopes: [] };
}
