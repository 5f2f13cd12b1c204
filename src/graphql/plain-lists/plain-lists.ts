import {
  BREAK,
  Kind,
  OperationTypeNode,
  TypeInfo,
  getNullableType,
  isCompositeType,
  isListType,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { completePlain, type CompleteValue } from './plain-selection.js';

/** Whether a type is a list of objects. */
export function isListOfObjects(type: GraphQLOutputType): boolean {
  const list = getNullableType(type);
  return isListType(list) && isCompositeType(getNullableType(list.ofType));
}

/**
 * Compiles the completion of each list of objects in a valid document. Empty if graphql-js has to execute it: for
 * mutations, directives, introspection, or lists that are not plain.
 */
export function findPlainLists(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<FieldNode, CompleteValue> {
  const fragments = Object.fromEntries(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const lists = new Map<FieldNode, CompleteValue>();
  const typeInfo = new TypeInfo(schema);
  const abort = () => {
    lists.clear();
    return BREAK;
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: ({ operation }) => (operation === OperationTypeNode.QUERY ? undefined : abort()),
      Directive: abort,
      Field: (node) => {
        const type = typeInfo.getType();
        if (!type || (node.name.value.startsWith('__') && node.name.value !== '__typename')) return abort();
        if (!isListOfObjects(type)) return undefined;
        const complete = completePlain(type, node, { schema, fragments });
        if (!complete) return abort();
        lists.set(node, complete);
        return undefined;
      },
    }),
  );
  return lists;
}
