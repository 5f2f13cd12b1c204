import type { Role } from '../../rules/role.js';
import { userError, type UserError } from '../../rules/refuse.js';
import { isReserved } from './reserved-usernames.js';

/**
 * What a username is made of, in its canonical form. It leaves out @, so that no username looks like an
 * address.
 */
export const usernamePattern = /^[a-z0-9](?:[a-z0-9._-]{1,30}[a-z0-9])$/;

/**
 * What is wrong with a canonical username, at the field `username`. Reserved names bind everybody but administrators
 * (R-100).
 */
export function usernameFaults(username: string, chooserRole: Role = 'USER'): UserError[] {
  if (!usernamePattern.test(username)) return [userError('USERNAME_INVALID', 'username')];
  if (chooserRole === 'USER' && isReserved(username)) return [userError('USERNAME_RESERVED', 'username')];
  return [];
}
