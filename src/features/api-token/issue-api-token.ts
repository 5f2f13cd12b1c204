import { newToken } from '../../crypto/token.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { ApiTokenRow } from './find-api-tokens.js';
import { storedApiToken } from './stored-api-token.js';

/** A new token. */
export interface IssuedApiToken {
  readonly token: string;
  readonly apiToken: ApiTokenRow;
}

/**
 * Creates or replaces an account's API token, in a transaction that has locked the account. Of two concurrent resets
 * the later token remains.
 */
export async function issueApiToken(
  { em, keys, now, config }: Pick<RuleContext, 'em' | 'keys' | 'now' | 'config'>,
  accountId: string,
): Promise<IssuedApiToken> {
  const token = newToken('apiToken');
  const { tokenHash, tokenCiphertext, keyId, hint } = storedApiToken(keys, accountId, token, config.apiTokenViewable);
  const columns = {
    token_hash: tokenHash,
    token_ciphertext: tokenCiphertext,
    key_id: keyId,
    hint,
    created_at: now,
    last_used_at: null,
    last_used_ip: null,
  };
  await em
    .getKysely<Tables>()
    .insertInto('api_tokens')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute();
  return { token, apiToken: { accountId, hint, createdAt: now, lastUsedAt: null, lastUsedIp: null } };
}
