import { validate } from 'uuid';
import { AccountEntity } from '../features/account/account.entity.js';
import type { EntityManager } from '../database/connection/database.js';
import { fromGlobalId } from '../rules/global-id.js';
import { canonicalUsername, toEmailKey } from '../text/normalize.js';
import { CommandError } from './print-result.js';

/** How a command takes an account, for its help. */
export const ACCOUNT_ARGUMENT = 'username, email address, or ID as in the API (user_…) or the database';

/**
 * Finds an account by ID, or by username or email address in any case. An ID wins over a username of the same form.
 *
 * @throws {CommandError} when there is none
 */
export async function findAccount(em: EntityManager, text: string) {
  const id = validate(text) ? text : fromGlobalId('User', text);
  const account =
    (id === null ? null : await em.findOne(AccountEntity, { id })) ??
    (await em.findOne(
      AccountEntity,
      text.includes('@') ? { emailKey: toEmailKey(text) } : { username: canonicalUsername(text) },
    ));
  if (!account) throw new CommandError(`Account ${text} not found.`);
  return account;
}
