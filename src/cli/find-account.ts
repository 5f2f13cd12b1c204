import { validate } from 'uuid';
import { AccountEntity } from '../features/account/account.entity.js';
import type { EntityManager } from '../database/connection/database.js';
import { CommandError } from './print-result.js';

/**
 * Finds an account by username, in any case, or by ID.
 *
 * @throws {CommandError} when there is none
 */
export async function findAccount(em: EntityManager, text: string) {
  const account = await em.findOne(AccountEntity, validate(text) ? { id: text } : { username: text.toLowerCase() });
  if (!account) throw new CommandError(`Account ${text} not found.`);
  return account;
}
