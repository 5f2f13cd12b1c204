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

/** A list of objects that its resolver has already completed: to graphql-js, a single value. */
const CompletedList = new GraphQLScalarType({ name: 'CompletedList' });

/** The schema with all of its resolvers and guards, in which resolvers of object lists also complete them. */
const withCompletedLists = (schema: GraphQLSchema, completions: WeakMap<FieldNode, CompleteValue>): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>): GraphQLFieldConfig<unknown, unknown> => {
      if (!isListOfObjects(field.type)) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        type: isNonNullType(field.type) ? new GraphQLNonNull(CompletedList) : CompletedList,
        resolve: async (object, values, context, info) => {
          const [node, ...others] = info.fieldNodes;
          const complete = node && others.length === 0 ? completions.get(node) : undefined;
          if (!complete) throw new TypeError('a list is selected twice');
          return complete(await resolve(object, values, context, info));
        },
      };
    },
  });

/** Executes a query and returns its data; null if graphql-js has to execute it as usual. */
export type ExecutePlainLists = (query: Omit<ExecutionArgs, 'schema'>) => Promise<Record<string, unknown> | null>;

/**
 * Executes queries for plain lists. graphql-js spends most of its time visiting each field of each row; this reads the
 * selection once per document. Guards stay with graphql-js, and so do errors: the query is then executed again as usual
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
