import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  GraphQLNonNull,
  GraphQLScalarType,
  defaultFieldResolver,
  execute,
  isNonNullType,
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type GraphQLFieldConfig,
  type GraphQLSchema,
} from 'graphql';
import { findPlainLists, isListOfObjects } from './plain-lists.js';
import type { CompleteValue } from './plain-selection.js';

/** A list of objects that its resolver has completed. graphql-js returns it unchanged, like a scalar. */
const CompletedList = new GraphQLScalarType({ name: 'CompletedList' });

/** Returns the schema with resolvers that also complete lists of objects. Guards stay in place. */
const withCompletedLists = (schema: GraphQLSchema, completions: WeakMap<FieldNode, CompleteValue>): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>): GraphQLFieldConfig<unknown, unknown> => {
      if (!isListOfObjects(field.type)) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        type: isNonNullType(field.type) ? new GraphQLNonNull(CompletedList) : CompletedList,
        resolve: async (object, values, context, info) => {
          const [node, ...otherNodes] = info.fieldNodes;
          const complete = node && otherNodes.length === 0 ? completions.get(node) : undefined;
          if (!complete) throw new TypeError('a list is selected twice');
          return complete(await resolve(object, values, context, info));
        },
      };
    },
  });

/** Executes a query and returns its data; null if it can't, and graphql-js has to execute it. */
export type ExecutePlainLists = (query: Omit<ExecutionArgs, 'schema'>) => Promise<Record<string, unknown> | null>;

/**
 * Executes queries for plain lists faster than graphql-js, which processes the selection for each row; here it is
 * compiled once per document. graphql-js still runs the guards. After an error it executes the query again
 * (docs/decisions/024-plain-lists.md).
 */
export function executePlainLists(schema: GraphQLSchema): ExecutePlainLists {
  const completions = new WeakMap<FieldNode, CompleteValue>();
  const completedSchema = withCompletedLists(schema, completions);

  // Apollo caches valid documents, so a repeated document is the same object.
  const cache = new WeakMap<DocumentNode, boolean>();
  const hasPlainLists = (document: DocumentNode): boolean => {
    const cached = cache.get(document);
    if (cached !== undefined) return cached;
    const lists = findPlainLists(schema, document);
    for (const [node, complete] of lists) completions.set(node, complete);
    cache.set(document, lists.size > 0);
    return lists.size > 0;
  };

  return async (query) => {
    if (!hasPlainLists(query.document)) return null;
    const { data = null, errors } = await execute({ ...query, schema: completedSchema });
    return errors ? null : data;
  };
}
