import { sql } from 'kysely';
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
export const isRetiredForOthers = async (context: Names, name: PreviousName): Promise<boolean> =>
  (await findRetiredForOthers(context, [name])).size > 0;

/** Finds which of these accounts may not have their username, because another account had it once. */
export async function findRetiredForOthers(
  context: Names,
  names: readonly PreviousName[],
): Promise<ReadonlySet<string>> {
  const key = await findRetiredUsernameKey(context);
  if (!key || names.length === 0) return new Set();
  const byHash = new Map(names.map(({ username, accountId }) => [lastingHash(key, username), accountId]));
  const retired = await context.em
    .getKysely<Tables>()
    .selectFrom('retired_usernames')
    .select(['username_hash as hash', 'account_id as accountId'])
    .where('username_hash', '=', sql<string>`any(${[...byHash.keys()]}::text[])`)
    .execute();
  const refused = retired.flatMap(({ hash, accountId }) => {
    const wanting = byHash.get(hash);
    return wanting === undefined || wanting === accountId ? [] : [wanting];
  });
  return new Set(refused);
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
