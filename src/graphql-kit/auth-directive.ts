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
  /** The least role; SERVICE means exactly that one. */
  readonly requires: Role;
  /** The credentials that reach the field: only SESSION unless it says API_TOKEN (R-62). */
  readonly accepts: readonly Credential[];
  /** Whether the person that the object belongs to may use it whatever their role. */
  readonly orSelf: boolean;
  /** Whether the session must have proven lately who is behind it. */
  readonly stepUp: boolean;
}

export const authDefaults: AuthRule = { requires: 'USER', accepts: ['SESSION'], orSelf: false, stepUp: false };

/** Guards a field: `@Auth({ requires: 'ADMIN', orSelf: true })`. A guarded field is nullable, and denied by default. */
export function Auth(rule: Partial<AuthRule> = {}): MethodDecorator & PropertyDecorator {
  const given = Object.entries(rule).map(
    ([name, value]) => `${name}: ${typeof value === 'object' ? `[${value.join(', ')}]` : value}`,
  );
  return Directive(given.length > 0 ? `@auth(${given.join(', ')})` : '@auth');
}

const credential = new GraphQLEnumType({
  name: 'Credential',
  description: 'How a caller is known.',
  values: {
    SESSION: { description: 'A session: the cookie of a browser, or a bearer token.' },
    API_TOKEN: { description: 'The account’s API token.' },
  } satisfies Record<Credential, object>,
});

/**
 * The directive as the schema prints it. It names the roles of the schema that it is declared for, so it is made for
 * that schema.
 */
export function authDirective(schema: Pick<GraphQLSchema, 'getType'>): GraphQLDirective {
  const role = schema.getType('Role') as GraphQLEnumType;
  const flag = new GraphQLNonNull(GraphQLBoolean);
  return new GraphQLDirective({
    name: 'auth',
    description:
      'Who may use a field. A root field without it is public, and the list of those is short and reviewed; a field of an object without it is as open as the object.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      requires: {
        type: new GraphQLNonNull(role),
        defaultValue: authDefaults.requires,
        description: 'The least role; SERVICE means exactly that one.',
      },
      accepts: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(credential))),
        defaultValue: authDefaults.accepts,
        description: 'The credentials that reach the field.',
      },
      orSelf: {
        type: flag,
        defaultValue: authDefaults.orSelf,
        description: 'Whether the person that the object belongs to may use it whatever their role.',
      },
      stepUp: {
        type: flag,
        defaultValue: authDefaults.stepUp,
        description:
          'Whether the session must have proven lately who is behind it, with password, and second factor if on.',
      },
    },
  });
}
