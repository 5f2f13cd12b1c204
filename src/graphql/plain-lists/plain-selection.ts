import { collectFields, isPromise } from '@graphql-tools/utils';
import {
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** Turns a value into what the response shows. Throws where graphql-js would return an error. */
export type Complete = (value: unknown) => unknown;

/**
 * What a selection is read with: the schema, and the fragments of its document by name. The document has no directives.
 */
export interface ExecutionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

const NO_VARIABLES = { coerced: {}, sources: {} };

/**
 * How to complete values of a type if its whole selection is plain: properties of objects, without resolvers or
 * arguments, so without guards and nothing to wait for. Undefined if any part is not plain.
 */
export function completePlain(
  type: GraphQLOutputType,
  node: FieldNode,
  surroundings: ExecutionScope,
): Complete | undefined {
  if (isNonNullType(type)) return required(completePlain(type.ofType, node, surroundings));
  if (isLeafType(type)) return optional(serialize(type));
  if (isListType(type)) return optional(completeEach(completePlain(type.ofType, node, surroundings)));
  return isObjectType(type) ? optional(completeObject(type, node, surroundings)) : undefined;
}

const optional = (complete: Complete | undefined): Complete | undefined =>
  complete && ((value) => (value == null ? null : complete(value)));

const required = (complete: Complete | undefined): Complete | undefined =>
  complete &&
  ((value) => {
    const completed = complete(value);
    if (completed === null) throw new TypeError('a required value is missing');
    return completed;
  });

const serialize =
  (type: GraphQLLeafType): Complete =>
  (value) => {
    const serialized = type.serialize(value);
    if (serialized == null) throw new TypeError(`a value is not a valid ${type.name}`);
    return serialized;
  };

const completeEach = (complete: Complete | undefined): Complete | undefined =>
  complete &&
  ((values) => {
    if (!Array.isArray(values)) throw new TypeError('a list is expected');
    return values.map((value) => complete(value));
  });

/** A selected field: its name in the response, and the property it shows. */
interface Selected {
  readonly name: string;
  readonly property: string;
  readonly complete: Complete;
}

function completeObject(
  type: GraphQLObjectType,
  { selectionSet }: FieldNode,
  surroundings: ExecutionScope,
): Complete | undefined {
  if (!selectionSet || type.isTypeOf) return undefined;
  const { fields } = collectFields(surroundings.schema, surroundings.fragments, NO_VARIABLES, type, selectionSet);
  const selected = [...fields].map(([name, nodes]) => select(type, name, nodes, surroundings));
  if (!selected.every((field) => field !== undefined)) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value instanceof Error || isPromise(value))
      throw new TypeError('an object is expected');
    const source = value as Readonly<Record<string, unknown>>;
    const object: Record<string, unknown> = {};
    for (const { name, property, complete } of selected) object[name] = complete(source[property]);
    return object;
  };
}

function select(
  type: GraphQLObjectType,
  name: string,
  [node, ...others]: readonly FieldNode[],
  surroundings: ExecutionScope,
): Selected | undefined {
  if (name === '__typename' && node?.name.value === name) return { name, property: name, complete: () => type.name };
  const field = node && type.getFields()[node.name.value];
  // In a JavaScript object, __proto__ is not a name like others.
  if (!field || field.resolve || field.args.length > 0 || name.startsWith('__')) return undefined;
  if (others.some(({ selectionSet }) => selectionSet)) return undefined;
  const complete = completePlain(field.type, node, surroundings);
  return complete && { name, property: field.name, complete };
}
