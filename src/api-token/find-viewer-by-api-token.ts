import { sql } from 'kysely';
import type { KeyRing } from '../crypto/key-ring.js';
import { isToken } from '../crypto/token.js';
import { select, type Reader } from '../database/select.js';
import { viewerAccountColumns } from '../session/viewer.js';
import { apiTokenHashes } from './stored-api-token.js';

/** The owner of the API token that a request came with. There is no session: what needs one takes a `Viewer`. */
export type ApiTokenViewer = NonNullable<Awaited<ReturnType<typeof findViewerByApiToken>>>;

const viewerByApiToken = select('viewer_by_api_token', (db, { hashes }: { hashes: readonly string[] }) =>
  db.selectFrom('api_tokens')
    .innerJoin('accounts', 'accounts.id', 'api_tokens.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where(({ eb, val }) => eb('api_tokens.token_hash', '=', sql<string>`any(${val(hashes)}::text[])`))
    .where('accounts.status', '=', 'ACTIVE')
    .select([...viewerAccountColumns, 'api_tokens.token_hash as tokenHash', 'api_tokens.last_used_at as lastUsedAt']));

/**
 * The viewer of an API token; null for one that is malformed, unknown or replaced, and for the token of an account that
 * cannot be used. State and role are read each time.
 */
export async function findViewerByApiToken(reader: Reader, keys: KeyRing, token: string) {
  if (!isToken('apiToken', token)) return null;
  const [row] = await viewerByApiToken(reader, { hashes: apiTokenHashes(keys, token) });
  return row ? { ...row, credential: 'API_TOKEN' as const } : null;
}
