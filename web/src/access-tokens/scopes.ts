import type { Role, TokenScope } from '../generated/graphql.js';

/** The scopes for the user's own account. */
export const ownScopes = [
  'ACCOUNT_READ',
  'EVENTS_READ',
  'KEYS_READ',
  'KEYS_WRITE',
  'USAGE_READ',
] as const satisfies readonly TokenScope[];

/** The scopes for all accounts, which only administrators may choose. */
export const adminScopes = ['USERS_READ', 'ALL_EVENTS_READ', 'ALL_USAGE_READ'] as const satisfies readonly TokenScope[];

/** Whether a role may choose the scopes for all accounts. */
export const hasAdminScopes = (role: Role): boolean => role === 'ADMIN' || role === 'ROOT';
