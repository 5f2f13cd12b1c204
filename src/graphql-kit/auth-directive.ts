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
import type { Credential } from '../rules/viewer.js';

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
}

export const authDefaults: AuthRule = { requires: 'USER', accepts: ['SESSION'], orSelf: false, stepUp: false };

/** Guards a field: `@Auth({ requires: 'ADMIN', orSelf: true })`. A guarded field is nullable and denied by default. */
export function Auth(rule: Partial<AuthRule> = {}): MethodDecorator & PropertyDecorator {
  const directiveArguments = Object.entries(rule).map(
    ([name, value]) => `${name}: ${typeof value === 'object' ? `[${value.join(', ')}]` : value}`,
  );
  return Directive(directiveArguments.length > 0 ? `@auth(${directiveArguments.join(', ')})` : '@auth');
}

const credential = new GraphQLEnumType({
  name: 'Credential',
  description: 'How a caller authenticates.',
  values: {
    SESSION: { description: 'A session: a browser cookie or a bearer token.' },
    API_TOKEN: { description: 'The account’s API token.' },
  } satisfies Record<Credential, object>,
});

/** The definition of `@auth`. It references the enum of roles, so each schema has its own. */
export function authDirective(schema: Pick<GraphQLSchema, 'getType'>): GraphQLDirective {
  const role = schema.getType('Role') as GraphQLEnumType;
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
    },
  });
}
