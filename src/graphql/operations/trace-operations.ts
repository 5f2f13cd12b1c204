import type { ApolloServerPlugin } from '@apollo/server';
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import type { Context } from '../../graphql-kit/context.js';
import { activeSpan, inSpan, isFault } from '../../telemetry/spans.js';
import { nameOperation } from './operation-name.js';

/** The name of the span of an operation until its own is known, or if it is not valid. */
export const OPERATION_SPAN = 'graphql';

/** Names the active span after the operation, by a known name only, and marks a fault. It gets no document. */
export const traceOperations: ApolloServerPlugin<Context> = {
  contextCreationDidFail: ({ error }) => {
    failBy([error as Failure]);
    return Promise.resolve();
  },
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document }) => {
        const span = activeSpan();
        if (!span || !operation) return Promise.resolve();
        const name = nameOperation(operation, document);
        span.rename(`${operation.operation} ${name}`);
        span.set({ 'graphql.operation.type': operation.operation, 'graphql.operation.name': name });
        return Promise.resolve();
      },
      willSendResponse: ({ response: { body } }) => {
        if (body.kind === 'single') failBy(body.singleResult.errors ?? []);
        return Promise.resolve();
      },
    }),
};

interface Failure {
  readonly extensions?: { readonly code?: unknown };
}

function failBy(errors: readonly Failure[]): void {
  const code = errors
    .map(({ extensions }) => extensions?.code)
    .find((each) => typeof each === 'string' && isFault(each));
  if (typeof code === 'string') activeSpan()?.fail(code);
}

/** Makes the resolvers of root fields spans, such as `Mutation.login`. */
export function traceRootFields(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field: GraphQLFieldConfig<unknown, Context>, fieldName, typeName) => {
      const { resolve = defaultFieldResolver } = field;
      const name = `${typeName}.${fieldName}`;
      return {
        ...field,
        resolve: (object, values, context: Context, info) => inSpan(name, () => resolve(object, values, context, info)),
      };
    },
  });
}
