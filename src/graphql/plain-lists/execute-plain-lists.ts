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
import type { Complete } from './plain-selection.js';

/** What a list of objects is to graphql-js once whoever resolves it has completed it: one value. */
const CompletedList = new GraphQLScalarType({ name: 'CompletedList' });

/**
 * The schema with every resolver and guard that it has, in which those that answer lists of objects complete them as
 * well.
 */
const completingLists = (schema: GraphQLSchema, completions: WeakMap<FieldNode, Complete>): GraphQLSchema =>
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

/** Executes a query, and gives its data; null where graphql-js has to execute it as ever. */
export type ExecutePlainLists = (query: Omit<ExecutionArgs, 'schema'>) => Promise<Record<string, unknown> | null>;

/**
 * Executes queries for lists whose rows are plain. For a page of fifty rows of a dozen fields graphql-js spends most of
 * its time on going to each field; here the selection is read once for all requests with the document. All else of a
 * query, who may see it above all, is graphql-js's own, and so is every answer with an error: then the query is
 * executed as if this were not here (docs/decisions/024-plain-lists.md).
 */
export function executePlainLists(schema: GraphQLSchema): ExecutePlainLists {
  const completions = new WeakMap<FieldNode, Complete>();
  const completing = completingLists(schema, completions);

  // Apollo keeps documents that are valid: one that comes again is the same object.
  const known = new WeakMap<DocumentNode, boolean>();
  const hasPlainLists = (document: DocumentNode): boolean => {
    const before = known.get(document);
    if (before !== undefined) return before;
    const lists = findPlainLists(schema, document);
    for (const [node, complete] of lists) completions.set(node, complete);
    known.set(document, lists.size > 0);
    return lists.size > 0;
  };

  return async (query) => {
    if (!hasPlainLists(query.document)) return null;
    const { data = null, errors } = await execute({ ...query, schema: completing });
    return errors ? null : data;
  };
}
