import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isScalarType,
  isEnumType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Role } from '../../src/rules/role.js';

/** A document with a payload in one argument of a root field, and valid values in the others. */
export interface Placed {
  /** E.g. `Mutation.login(input.password)`. */
  readonly place: string;
  document(): string;
  variables(payload: unknown): Record<string, unknown>;
  /** The lowest role that can use the field. */
  readonly requires: Role;
}

const goodScalar: Readonly<Record<string, unknown>> = {
  String: 'a good value',
  ID: 'user_0000000000000000000000',
  Boolean: false,
  Int: 1,
  Float: 1,
  DateTime: '2026-01-01T00:00:00Z',
  BigInt: '1',
  JSON: {},
};

/**
 * A valid value of a type. For a `@oneOf` input it sets the field on the path, and for a list on the path it has one
 * entry.
 */
export function goodValue(type: GraphQLInputType, [key, ...rest]: readonly string[] = []): unknown {
  if (isNonNullType(type)) return goodValue(type.ofType, key === undefined ? [] : [key, ...rest]);
  if (isListType(type)) return key === undefined ? [] : [goodValue(type.ofType, [key, ...rest])];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? [fields.find(({ name }) => name === key) ?? fields[0]!] : fields;
    return Object.fromEntries(
      given.map((field) => [field.name, goodValue(field.type, field.name === key ? rest : [])]),
    );
  }
  return goodScalar[type.name] ?? 'a good value';
}

/** The paths to every value of the given scalars within a type. */
function scalarPaths(type: GraphQLInputType, path: string[], scalars: readonly string[]): string[][] {
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.values(named.getFields()).flatMap((field) => scalarPaths(field.type, [...path, field.name], scalars));
  return isScalarType(named) && scalars.includes(named.name) ? [path] : [];
}

function withPayload(value: unknown, [key, ...rest]: string[], payload: unknown): unknown {
  if (key !== undefined && Array.isArray(value)) return [withPayload(value[0], [key, ...rest], payload)];
  return key === undefined
    ? payload
    : {
        ...(value as Record<string, unknown>),
        [key]: withPayload((value as Record<string, unknown>)[key], rest, payload),
      };
}

/** What else tells that a mutation did nothing, where unknown IDs are no user errors. */
const outcomes: Readonly<Record<string, string>> = { recordUsage: 'recorded', forgetTrustedBrowsers: 'forgottenIds' };

function place(
  schema: GraphQLSchema,
  kind: string,
  field: GraphQLField<unknown, unknown>,
  argument: GraphQLArgument,
  path: string[],
): Placed {
  const needed = field.args.filter((one) => one === argument || isRequiredArgument(one));
  const declarations = needed.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = needed.map(({ name }) => `${name}: $${name}`).join(', ');
  const good = Object.fromEntries(
    needed.map(({ name, type }) => [name, goodValue(type, name === argument.name ? path.slice(1) : [])]),
  );
  const selection =
    kind === 'mutation' ? `{ ${outcomes[field.name] ?? ''} userErrors { code field message } }` : '{ __typename }';
  return {
    place: `${kind === 'mutation' ? 'Mutation' : 'Query'}.${field.name}(${path.join('.')})`,
    document: () => `${kind} (${declarations}) { ${field.name}(${given}) ${selection} }`,
    variables: (payload) => withPayload(good, [argument.name, ...path.slice(1)], payload) as Record<string, unknown>,
    requires: (getDirective(schema, field, 'auth')?.[0]?.['requires'] ?? 'USER') as Role,
  };
}

/** One position for each String and ID that a root field accepts. New fields are included automatically. */
export const textPlaces = (schema: GraphQLSchema): Placed[] => scalarPlaces(schema, ['String', 'ID']);

/** One position for each value of the given scalars that a root field accepts. */
export function scalarPlaces(schema: GraphQLSchema, scalars: readonly string[]): Placed[] {
  return [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ].flatMap(([kind, type]) =>
    Object.values((type as NonNullable<ReturnType<GraphQLSchema['getQueryType']>>).getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        scalarPaths(argument.type, [argument.name], scalars).map((path) =>
          place(schema, kind as string, field, argument, path),
        ),
      ),
    ),
  );
}
