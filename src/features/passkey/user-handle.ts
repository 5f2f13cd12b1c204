import type { Tables } from '../../database/read/select.js';
import type { WithUnitOfWork } from '../../rules/transaction.js';
import { newWebauthnRandom } from '../../crypto/webauthn-random.js';

/** The user handle of an account, in base64url: 32 random bytes, made once and stable. */
export async function findOrCreateUserHandle({ em }: WithUnitOfWork, accountId: string): Promise<string> {
  const { handle } = await em
    .getKysely<Tables>()
    .insertInto('passkey_users')
    .values({ account_id: accountId, handle: newWebauthnRandom() })
    // An update that changes nothing returns the handle that exists.
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet(({ ref }) => ({ handle: ref('passkey_users.handle') })),
    )
    .returning('handle')
    .executeTakeFirstOrThrow();
  return handle;
}
