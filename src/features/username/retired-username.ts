import { lastingHash } from '../../crypto/lasting-hash.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { findOrCreateRetiredUsernameKey, findRetiredUsernameKey } from './retired-username-key.js';

type Names = Pick<RuleContext, 'em' | 'keys' | 'now'>;

/** A username and the account that had it. */
interface PreviousName {
  readonly username: string;
  readonly accountId: string;
}

/** Keeps usernames from ever being given to another account. Only keyed hashes of them are stored (R-125a). */
export async function retireUsernames(context: Names, released: readonly PreviousName[]): Promise<void> {
  if (released.length === 0) return;
  const key = await findOrCreateRetiredUsernameKey(context);
  await context.em
    .getKysely<Tables>()
    .insertInto('retired_usernames')
    .values(
      released.map(({ username, accountId }) => ({
        id: newId(context.now),
        username_hash: lastingHash(key, username),
        account_id: accountId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether another account had this username once. */
export async function isRetiredForOthers(context: Names, { username, accountId }: PreviousName): Promise<boolean> {
  const key = await findRetiredUsernameKey(context);
  if (!key) return false;
  const retired = await context.em
    .getKysely<Tables>()
    .selectFrom('retired_usernames')
    .select('id')
    .where('username_hash', '=', lastingHash(key, username))
    .where('account_id', '!=', accountId)
    .limit(1)
    .executeTakeFirst();
  return retired !== undefined;
}

/** Rows read and written per statement. */
const ROWS_PER_PAGE = 500;

/**
 * Retires the usernames that are reserved for a while, after the settings began to keep them. It can be repeated, and
 * several processes can do it at the same time.
 */
export async function retireReservedUsernames(context: Names): Promise<void> {
  let page: readonly PreviousName[] = [];
  do {
    page = await context.em
      .getKysely<Tables>()
      .selectFrom('released_usernames')
      .select(['username', 'account_id as accountId'])
      .where('username', '>', page.at(-1)?.username ?? '')
      .orderBy('username')
      .limit(ROWS_PER_PAGE)
      .execute();
    await retireUsernames(context, page);
  } while (page.length === ROWS_PER_PAGE);
}
