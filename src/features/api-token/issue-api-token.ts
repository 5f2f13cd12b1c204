import { sql } from 'kysely';
import type { Account } from '../account/account.entity.js';
import { newToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { ApiTokenRow } from './find-api-tokens.js';
import { storedApiToken } from './stored-api-token.js';

/** A token that was just made. */
export interface IssuedApiToken {
  readonly token: string;
  readonly apiToken: ApiTokenRow;
}

/**
 * Gives an account a new API token in the place of the one that it has, in one statement: of two at once the later one
 * stays. The statement holds the account as it was read, so that a change that takes the token away, such as a
 * recovery, is not undone by who came in before it.
 *
 * @returns null where the account has changed meanwhile
 */
export async function issueApiToken(
  em: EntityManager,
  context: Pick<RuleContext, 'keys' | 'now' | 'config'>,
  account: Pick<Account, 'id' | 'authVersion'>,
): Promise<IssuedApiToken | null> {
  const { keys, now, config } = context;
  const token = newToken('apiToken');
  const stored = storedApiToken(keys, account.id, token, config.apiTokenViewable);
  const issued = await em
    .getKysely<Tables>()
    .insertInto('api_tokens')
    .columns(['account_id', 'token_hash', 'token_ciphertext', 'key_id', 'hint', 'created_at'])
    .expression((db) =>
      db
        .selectFrom('accounts')
        .where('id', '=', account.id)
        .where('auth_version', '=', account.authVersion)
        .where('status', '=', 'ACTIVE')
        .select([
          'accounts.id as account_id',
          sql<string>`${stored.tokenHash}::text`.as('token_hash'),
          sql<string | null>`${stored.tokenCiphertext}::text`.as('token_ciphertext'),
          sql<string>`${stored.keyId}::text`.as('key_id'),
          sql<string>`${stored.hint}::text`.as('hint'),
          sql<Date>`${now}::timestamptz`.as('created_at'),
        ])
        .forShare(),
    )
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet(({ ref }) => ({
        token_hash: ref('excluded.token_hash'),
        token_ciphertext: ref('excluded.token_ciphertext'),
        key_id: ref('excluded.key_id'),
        hint: ref('excluded.hint'),
        created_at: ref('excluded.created_at'),
        last_used_at: null,
        last_used_ip: null,
      })),
    )
    .returning('account_id')
    .executeTakeFirst();
  return issued
    ? {
        token,
        apiToken: { accountId: account.id, hint: stored.hint, createdAt: now, lastUsedAt: null, lastUsedIp: null },
      }
    : null;
}
