import fc, { type Arbitrary } from 'fast-check';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** An operation that a client could send. */
export interface Operation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A variable with its declaration and value. */
interface Variable {
  readonly declaration: string;
  readonly value: unknown;
}

/** A part of a document with its variables. */
interface Part {
  readonly text: string;
  readonly variables: Readonly<Record<string, Variable>>;
}

const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '%_\\',
  "'; drop table accounts; --",
  'x'.repeat(4_096),
  '語'.repeat(300),
  '__proto__',
  'null',
  '0',
  '-1',
  'somebody@mail.example',
  '203.0.113.7',
  '203.0.113.0/33',
  '::ffff:1.2.3.4',
  '123456',
  'Quiet-Harbour-71',
];
const times = [
  '2026-11-24T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-02-29T00:00:00Z',
  '2026-11-24T23:59:60Z',
  '1969-12-31T00:00:00.000Z',
  '2026-11-01T00:00:00+14:00',
];
const wholeNumbers = [
  0,
  1,
  -1,
  Number.MAX_SAFE_INTEGER,
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '1e3',
];

/** The depth of selections and the length of lists. */
const LEVELS = 3;
const LONGEST_LIST = 50;

/**
 * Operations with one root field each, any selection, and valid, invalid and unusual values, including the given ids.
 */
export function randomOperations(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  ids: readonly string[],
  without: readonly string[] = [],
): Arbitrary<Operation> {
  const values = valuesOf(ids);
  let names = 0;

  const argumentsOf = (field: GraphQLField<unknown, unknown>): Arbitrary<Part> =>
    fc
      .tuple(
        ...field.args.map((argument) =>
          fc.tuple(
            fc.constant(argument),
            isRequiredArgument(argument) ? fc.constant(true) : fc.boolean(),
            values(argument.type),
          ),
        ),
      )
      .map((given) => {
        const named = given
          .filter(([, isGiven]) => isGiven)
          .map(([argument, , value]) => ({ argument, value, variable: `v${(names += 1)}` }));
        return {
          text:
            named.length > 0
              ? `(${named.map(({ argument, variable }) => `${argument.name}: $${variable}`).join(', ')})`
              : '',
          variables: Object.fromEntries(
            named.map(({ argument, value, variable }) => [
              variable,
              { declaration: `$${variable}: ${String(argument.type)}`, value },
            ]),
          ),
        };
      });

  const fieldOf = (field: GraphQLField<unknown, unknown>, levels: number): Arbitrary<Part> => {
    const type = getNamedType(field.type);
    const below = isCompositeType(type)
      ? selectionOf(type, levels - 1).map((part) => ({ ...part, text: ` { ${part.text} }` }))
      : fc.constant({ text: '', variables: {} });
    return fc.tuple(argumentsOf(field), below).map(([given, rest]) => ({
      text: `${field.name}${given.text}${rest.text}`,
      variables: { ...given.variables, ...rest.variables },
    }));
  };

  const selectionOf = (type: GraphQLCompositeType, levels: number): Arbitrary<Part> => {
    if (isInterfaceType(type))
      return selectionOf(schema.getType('User') as GraphQLCompositeType, levels).map((part) => ({
        ...part,
        text: `__typename ... on User { ${part.text} }`,
      }));
    const fields = isObjectType(type)
      ? Object.values(type.getFields()).filter((field) => levels > 0 || !isCompositeType(getNamedType(field.type)))
      : [];
    return fc
      .subarray(fields, { maxLength: Math.min(fields.length, 6) })
      .chain((chosen) => fc.tuple(...chosen.map((field) => fieldOf(field, levels))))
      .map((parts) => ({
        text: ['__typename', ...parts.map(({ text }) => text)].join(' '),
        variables: Object.assign({}, ...parts.map(({ variables }) => variables)) as Part['variables'],
      }));
  };

  const root = (kind === 'query' ? schema.getQueryType() : schema.getMutationType())!;
  return fc
    .constantFrom(...Object.values(root.getFields()).filter(({ name }) => !without.includes(name)))
    .chain((field) => fieldOf(field, LEVELS))
    .map(({ text, variables }) => {
      const declared = Object.values(variables)
        .map(({ declaration }) => declaration)
        .join(', ');
      return {
        document: `${kind}${declared && `(${declared})`} { ${text} }`,
        variables: Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value])),
      };
    });
}

/** Values of a type: sometimes null, rarely too many. */
function valuesOf(ids: readonly string[]): (type: GraphQLInputType) => Arbitrary<unknown> {
  const text = fc.oneof(fc.constantFrom(...texts, ...ids), fc.string({ unit: 'binary', maxLength: 80 }));
  const scalars: Readonly<Record<string, Arbitrary<unknown>>> = {
    Int: fc.constantFrom(-1, 0, 1, 2, 20, 100, 101, 2_147_483_647, -2_147_483_648),
    Boolean: fc.boolean(),
    ID: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, text),
    BigInt: fc.constantFrom(...wholeNumbers),
    DateTime: fc.constantFrom(...times),
  };
  const object = (type: GraphQLInputObjectType): Arbitrary<unknown> => {
    const fields = Object.values(type.getFields());
    if (type.isOneOf)
      return fc.constantFrom(...fields).chain(({ name, type: of }) => values(of).map((value) => ({ [name]: value })));
    return fc.record(Object.fromEntries(fields.map(({ name, type: of }) => [name, values(of)])), {
      requiredKeys: fields.filter(isRequiredInputField).map(({ name }) => name),
    });
  };
  const values = (type: GraphQLInputType): Arbitrary<unknown> => {
    if (isNonNullType(type)) return values(type.ofType);
    const given = isListType(type)
      ? fc.array(values(type.ofType), { maxLength: LONGEST_LIST, size: 'max' })
      : isEnumType(type)
        ? fc.constantFrom(...type.getValues().map(({ name }) => name))
        : isInputObjectType(type)
          ? object(type)
          : (scalars[type.name] ?? text);
    return fc.option(given, { freq: 20 });
  };
  return values;
}
