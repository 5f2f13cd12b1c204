import type { AuthRule } from '../../graphql-kit/auth-directive.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';

/** The guarded fields that every token reaches, whatever its scopes. What they return depends on the scopes. */
export const fieldsWithoutScope: ReadonlySet<string> = new Set(['Query.node', 'Query.accessToken', 'Query._entities']);

/** A field that accepts tokens needs a scope, or is for SERVICE accounts. */
export const needsScope = (name: string, rule: AuthRule): boolean =>
  rule.accepts.includes('API_TOKEN') &&
  rule.scope === null &&
  rule.adminScope === null &&
  rule.requires !== 'SERVICE' &&
  !fieldsWithoutScope.has(name);

type Scopes = Pick<ApiTokenViewer, 'scopes'>;

const isWithin = (scope: AuthRule['scope'], { scopes }: Scopes): boolean => scope !== null && scopes.includes(scope);

/** Whether a token has the scope of a field for the account of its owner. */
export const hasOwnScope = ({ scope }: Pick<AuthRule, 'scope'>, viewer: Scopes): boolean => isWithin(scope, viewer);

/**
 * Whether the scopes of a token reach a field that accepts tokens.
 *
 * @param isOwn whether the field belongs to the account of the token's owner
 */
export const isWithinScopes = (rule: AuthRule, viewer: Scopes, isOwn: boolean): boolean =>
  (isOwn && hasOwnScope(rule, viewer)) || isWithin(rule.adminScope, viewer);
