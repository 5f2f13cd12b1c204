import { sql } from 'kysely';
import type { KeyRing } from '../../crypto/key-ring.js';
import { isToken } from '../../crypto/token.js';
import { select, type Reader } from '../../database/read/select.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import { accountScopes } from '../../rules/token-scope.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';
import { viewerAccountColumns } from '../session/find-viewer-by-session.js';
import { apiTokenHashes } from './stored-api-token.js';

const viewerByApiToken = select('viewer_by_api_token', (db, { hashes }: { hashes: readonly string[] }) =>
  db
    .selectFrom('api_tokens')
    .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where(({ eb, val }) => eb('api_tokens.token_hash', '=', sql<string>`any(${val(hashes)}::text[])`))
    .where('accounts.status', '=', 'ACTIVE')
    .select([
      ...viewerAccountColumns,
      sql<ServiceScope[] | null>`accounts.service_scopes`.as('serviceScopes'),
      'api_tokens.token_hash as tokenHash',
      'api_tokens.last_used_at as lastUsedAt',
      'api_tokens.created_at as issuedAt',
    ]),
);

/**
 * Finds the viewer of an API token; null if the token is malformed, unknown or replaced, or its account isn't active.
 * Status and role are read on every request.
 */
export async function findViewerByApiToken(
  reader: Reader,
  keys: KeyRing,
  token: string,
): Promise<ApiTokenViewer | null> {
  if (!isToken('apiToken', token)) return null;
  const [row] = await viewerByApiToken(reader, { hashes: apiTokenHashes(keys, token) });
  if (!row) return null;
  return {
    ...row,
    credential: 'API_TOKEN',
    accessTokenId: null,
    scopes: row.role === 'SERVICE' ? [] : accountScopes,
    serviceScopes: row.serviceScopes ?? [],
    expiresAt: null,
  };
}
