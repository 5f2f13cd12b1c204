import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { RefusedError } from '../rules/refuse.js';
import { currentRequest } from '../telemetry/request-record.js';
import type { Locale } from '../text/locale.js';
import type { Context } from './context.js';

/** Wraps every mutation to return the user errors of a `RefusedError` in its payload, in the caller's language. */
export function withUserErrors(schema: GraphQLSchema): GraphQLSchema {
  const mutation = schema.getMutationType()?.name;
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: GraphQLFieldConfig<unknown, Context>, _name, typeName) => {
      if (typeName !== mutation) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: async (source, values, context: Context, info) => {
          try {
            const payload: object = (await resolve(source, values, context, info)) as object;
            return { ...payload, userErrors: [] };
          } catch (error) {
            if (error instanceof RefusedError) {
              currentRequest()?.userErrors.push(...error.userErrors.map(({ code }) => code));
              return { ...error.payload, userErrors: translateUserErrors(error, context.locale) };
            }
            throw error;
          }
        },
      };
    },
  });
}

const translateUserErrors = ({ userErrors }: RefusedError, locale: Locale) =>
  userErrors.map(({ message, ...error }) => ({ ...error, message: message[locale] }));
