import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
} from 'graphql';
import { Directive } from 'type-graphql';
import type { Role } from '../rules/role.js';
import type { TokenScope } from '../rules/token-scope.js';
import type { Credential } from '../rules/viewer.js';
import { graphqlEnum } from './enum.js';

/** Who may use a field. */
export interface AuthRule {
  /** The lowest role; SERVICE means exactly that role. */
  readonly requires: Role;
  /** The credentials that can use the field: only SESSION, unless API_TOKEN is listed (R-62). */
  readonly accepts: readonly Credential[];
  /** Whether the user that the object belongs to may use it regardless of role. */
  readonly orSelf: boolean;
  /** Whether the session's user must have confirmed their identity recently. */
  readonly stepUp: boolean;
  /** The scope that a token needs for the field of its owner's account; null if no token reaches it there (R-119). */
  readonly scope: TokenScope | null;
  /** The scope that a token needs for the field of any account; null if no token reaches it there. */
  readonly adminScope: TokenScope | null;
}

export const authDefaults: AuthRule = {
  requires: 'USER',
  accepts: ['SESSION'],
  orSelf: false,
  stepUp: false,
  scope: null,
  adminScope: null,
};

/** Guards a field: `@Auth({ requires: 'ADMIN', orSelf: true })`. A guarded field is nullable and denied by default. */
export function Auth(rule: Partial<AuthRule> = {}): MethodDecorator & PropertyDecorator {
  const directiveArguments = Object.entries(rule).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`,
  );
  return Directive(directiveArguments.length > 0 ? `@auth(${directiveArguments.join(', ')})` : '@auth');
}

export const TokenScopeEnum = graphqlEnum<TokenScope>('TokenScope', 'What an access token may do.', {
  ACCOUNT_READ: 'Read the account: email address, language, last sign-in, two-factor authentication.',
  EVENTS_READ: 'Read the security events of the account.',
  KEYS_READ: 'Read the call keys of the account, without their secrets.',
  KEYS_WRITE: 'Create, change, rotate and delete call keys of the account.',
  USAGE_READ: 'Read the usage logs and totals of the account.',
  USERS_READ: 'Read all users. Administrators only.',
  ALL_EVENTS_READ: 'Read the security events of all accounts. Administrators only.',
  ALL_USAGE_READ: 'Read the usage logs and totals of all accounts. Administrators only.',
});

const credential = new GraphQLEnumType({
  name: 'Credential',
  description: 'How a caller authenticates.',
  values: {
    SESSION: { description: 'A session: a browser cookie or a bearer token.' },
    API_TOKEN: { description: 'The account’s API token, or one of its access tokens.' },
  } satisfies Record<Credential, object>,
});

/** The definition of `@auth`. It references the enum of roles, so each schema has its own. */
export function authDirective(schema: Pick<GraphQLSchema, 'getType'>): GraphQLDirective {
  const role = schema.getType('Role') as GraphQLEnumType;
  const scope = schema.getType('TokenScope') as GraphQLEnumType;
  const booleanType = new GraphQLNonNull(GraphQLBoolean);
  return new GraphQLDirective({
    name: 'auth',
    description:
      'Who may use a field. A root field without it is public; the list of public root fields is short and reviewed. A field of an object without it is as accessible as the object.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      requires: {
        type: new GraphQLNonNull(role),
        defaultValue: authDefaults.requires,
        description: 'The lowest role; SERVICE means exactly that role.',
      },
      accepts: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(credential))),
        defaultValue: authDefaults.accepts,
        description: 'The credentials that can use the field.',
      },
      orSelf: {
        type: booleanType,
        defaultValue: authDefaults.orSelf,
        description: 'Whether the user that the object belongs to may use it regardless of role.',
      },
      stepUp: {
        type: booleanType,
        defaultValue: authDefaults.stepUp,
        description:
          'Whether the user must have confirmed their identity recently, with the password, and a second factor if two-factor authentication is on.',
      },
      scope: {
        type: scope,
        description:
          'The scope that a token needs for the field of its owner’s account. Null: no token reaches it there, except `node` and `accessToken`, which need none.',
      },
      adminScope: {
        type: scope,
        description:
          'The scope that an administrator’s access token needs for the field of any account. Null: no token reaches it there.',
      },
    },
  });
}
