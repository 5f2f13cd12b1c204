import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { Refused } from '../rules/refuse.js';

/** Gives every mutation its `userErrors`: what a rule refused, or none. The one place where refusals become data. */
export function answerUserErrors(schema: GraphQLSchema): GraphQLSchema {
  const mutation = schema.getMutationType()?.name;
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, unknown>, _name, typeName) => {
      if (typeName !== mutation) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: async (source, values, context, info) => {
          try {
            const payload: object = (await resolve(source, values, context, info)) as object;
            return { ...payload, userErrors: [] };
          } catch (error) {
            if (error instanceof Refused) return { userErrors: error.userErrors };
            throw error;
          }
        },
      };
    },
  });
}
