import type { AuthRule } from '../../graphql-kit/auth-directive.js';
import type { ServiceScope } from '../../rules/service-scope.js';

/**
 * The fields for SERVICE accounts, with the scope that their token needs. Add a field only with a reason: the server
 * doesn't start with a field for SERVICE that is missing here.
 */
const serviceFields: ReadonlyMap<string, ServiceScope> = new Map([
  ['Query.verifyCallKey', 'CALL_KEYS'],
  ['Mutation.recordUsage', 'CALL_KEYS'],
  ['Query.verifyCredential', 'CREDENTIALS'], // identifies any user whose credential the service gets
]);

/**
 * The scope that a SERVICE account's token needs for a field; null for a field that isn't for SERVICE accounts.
 *
 * @throws {Error} if the field is for SERVICE accounts and has no scope, or the other way round
 */
export function getServiceScope(name: string, { requires }: Pick<AuthRule, 'requires'>): ServiceScope | null {
  const scope = serviceFields.get(name) ?? null;
  if ((requires === 'SERVICE') !== (scope !== null))
    throw new Error(
      scope === null ? `${name} requires SERVICE, so it needs a service scope` : `${name} doesn’t require SERVICE`,
    );
  return scope;
}
