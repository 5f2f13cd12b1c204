import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { SessionOver } from '../session/session-over.js';
import type { Viewer, ApiTokenViewer } from '../../rules/viewer.js';

/** Whose call keys, as known at a session or by an API token. */
export type KeyOwner = Viewer | ApiTokenViewer;

/** How an event names the owner, and the session if there is one. */
export const asOwner = (owner: KeyOwner) => ({
  accountId: owner.accountId,
  sessionId: owner.credential === 'SESSION' ? owner.sessionId : null,
});

/**
 * Holds the owner's account until the transaction ends, so that of several changes at once each sees the one before,
 * and nobody who was shut out meanwhile makes a secret.
 *
 * @throws {SessionOver} where the account changed in a way that ends what came in before
 */
export async function holdOwner(em: EntityManager, { accountId, authVersion }: KeyOwner): Promise<void> {
  const held = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .where('id', '=', accountId)
    .where('auth_version', '=', authVersion)
    .where('status', '=', 'ACTIVE')
    .select('id')
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!held) throw new SessionOver();
}
