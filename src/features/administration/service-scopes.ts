import { invalidValue, type UserError } from '../../rules/refuse.js';
import type { Role } from '../../rules/role.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import { onlyForServiceAccounts, scopesMissingOrRepeated } from './messages.js';

/**
 * Validates the scopes of an account to create: of a service account at least one, each once; of a user none.
 *
 * @param scopes null if none were given
 */
export function validateServiceScopes(role: Role, scopes: readonly ServiceScope[] | null): UserError[] {
  if (scopes === null) return [];
  if (role !== 'SERVICE') return [invalidValue(onlyForServiceAccounts, 'serviceScopes')];
  const isValid = scopes.length > 0 && new Set(scopes).size === scopes.length;
  return isValid ? [] : [invalidValue(scopesMissingOrRepeated, 'serviceScopes')];
}
