import type { Role } from '../../rules/role.js';
import { userError, type UserError } from '../../rules/refuse.js';
import { isReserved } from './reserved-usernames.js';

/** The format of a canonical username. Without @, so that it can't look like an email address. */
export const usernamePattern = /^[a-z0-9](?:[a-z0-9._-]{1,30}[a-z0-9])$/;

/** Validates a canonical username, for the field `username`. Administrators may use reserved names. */
export function validateUsername(username: string, actorRole: Role = 'USER'): UserError[] {
  if (!usernamePattern.test(username)) return [userError('USERNAME_INVALID', 'username')];
  if (actorRole === 'USER' && isReserved(username)) return [userError('USERNAME_RESERVED', 'username')];
  return [];
}
