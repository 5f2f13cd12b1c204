import { sql } from 'kysely';
import { hours } from '../../duration.js';
import { AccountEntity } from '../account/account.entity.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import type { Tables } from '../../database/read/select.js';
import { SetupTokenEntity } from './setup-token.entity.js';

/** How long a setup token is valid. */
const SETUP_TOKEN_LIFETIME_MS = hours(24);

/** An arbitrary advisory lock ID, unique in this database; it spells "root". */
const FIRST_ROOT_LOCK = 0x726f6f74;

/** Whether a ROOT exists. */
export const hasRoot = async (em: EntityManager): Promise<boolean> =>
  (await em.count(AccountEntity, { role: 'ROOT' })) > 0;

/** Creates a one-time setup token to print to the server's output; null if a ROOT exists. */
export async function issueSetupToken(em: EntityManager, now: Date): Promise<string | null> {
  if (await hasRoot(em)) return null;
  const token = newToken('setup');
  await em.insert(SetupTokenEntity, {
    id: newId(now),
    tokenHash: hashToken(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + SETUP_TOKEN_LIFETIME_MS),
  });
  return token;
}

/**
 * Consumes a setup token and all others, in the transaction that creates the first ROOT. Only one of several concurrent
 * callers succeeds, and none if a ROOT exists.
 *
 * @returns whether this caller succeeded
 */
export async function consumeSetupToken({ em, now }: Pick<RuleContext, 'em' | 'now'>, token: string): Promise<boolean> {
  const db = em.getKysely<Tables>();
  await sql`select pg_advisory_xact_lock(${FIRST_ROOT_LOCK})`.execute(db);
  const { numUpdatedRows } = await db
    .updateTable('setup_tokens')
    .set({ used_at: now })
    .where('used_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('setup_tokens as own')
          .select('own.id')
          .where('own.token_hash', '=', hashToken(token))
          .where('own.used_at', 'is', null)
          .where('own.expires_at', '>', now),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('accounts').select('accounts.id').where('accounts.role', '=', 'ROOT'))),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
