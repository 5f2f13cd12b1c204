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

/**
 * Completes a value (GraphQL specification, section 6.4.3): converts it to its form in the response. Throws where
 * graphql-js would return an error.
 */
export type CompleteValue = (value: unknown) => unknown;

/** The schema, and the fragments of a document by name. The document has no directives. */
export interface ExecutionScope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

const NO_VARIABLES = { coerced: {}, sources: {} };

/**
 * Compiles the completion of values of a type. Undefined unless the whole selection is plain: properties of objects
 * without resolvers, guards or arguments.
 */
export function completePlain(
  type: GraphQLOutputType,
  node: FieldNode,
  scope: ExecutionScope,
): CompleteValue | undefined {
  if (isNonNullType(type)) return nonNull(completePlain(type.ofType, node, scope));
  if (isLeafType(type)) return nullable(serialize(type));
  if (isListType(type)) return nullable(completeList(completePlain(type.ofType, node, scope)));
  return isObjectType(type) ? nullable(completeObject(type, node, scope)) : undefined;
}

const nullable = (complete: CompleteValue | undefined): CompleteValue | undefined =>
  complete && ((value) => (value == null ? null : complete(value)));

const nonNull = (complete: CompleteValue | undefined): CompleteValue | undefined =>
  complete &&
  ((value) => {
    const completed = complete(value);
    if (completed === null) throw new TypeError('a required value is missing');
    return completed;
  });

const serialize =
  (type: GraphQLLeafType): CompleteValue =>
  (value) => {
    const serialized = type.serialize(value);
    if (serialized == null) throw new TypeError(`a value is not a valid ${type.name}`);
    return serialized;
  };

const completeList = (complete: CompleteValue | undefined): CompleteValue | undefined =>
  complete &&
  ((values) => {
    if (!Array.isArray(values)) throw new TypeError('a list is expected');
    return values.map((value) => complete(value));
  });

/** A selected field: its name in the response, and the property with its value. */
interface SelectedField {
  readonly name: string;
  readonly property: string;
  readonly complete: CompleteValue;
}

function completeObject(
  type: GraphQLObjectType,
  { selectionSet }: FieldNode,
  scope: ExecutionScope,
): CompleteValue | undefined {
  if (!selectionSet || type.isTypeOf) return undefined;
  const { fields } = collectFields(scope.schema, scope.fragments, NO_VARIABLES, type, selectionSet);
  const selected = [...fields].map(([name, nodes]) => selectField(type, name, nodes, scope));
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

function selectField(
  type: GraphQLObjectType,
  name: string,
  [node, ...otherNodes]: readonly FieldNode[],
  scope: ExecutionScope,
): SelectedField | undefined {
  if (name === '__typename' && node?.name.value === name) return { name, property: name, complete: () => type.name };
  const field = node && type.getFields()[node.name.value];
  // An object can't have a property __proto__.
  if (!field || field.resolve || field.args.length > 0 || name.startsWith('__')) return undefined;
  if (otherNodes.some(({ selectionSet }) => selectionSet)) return undefined;
  const complete = completePlain(field.type, node, scope);
  return complete && { name, property: field.name, complete };
}
