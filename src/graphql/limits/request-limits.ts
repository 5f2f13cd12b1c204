import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { GraphQLError, getOperationAST, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { Config } from '../../config/config.js';
import type { Context } from '../../graphql-kit/context.js';
import { findExceededLimit, operationLimits } from './document-limits.js';
import { getFragments, measureOperation, type OperationSize } from './measure-operation.js';
import { rejectUnvalidated } from './unvalidated-documents.js';
import { MAXIMUM_USAGE_ENTRIES, isUsageReport } from './usage-limits.js';
import { BODY_LIMIT_BYTES, MAXIMUM_LIST_ENTRIES, findExceededVariableLimit } from './variable-limits.js';

const MAXIMUM_ANONYMOUS_COST = 200;

/**
 * Rejects documents and requests that exceed a limit: before validation, whose time is not linear, and again for
 * documents that were validated for another request.
 */
export const limitRequest = ({ introspection }: Pick<Config, 'introspection'>): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      validationDidStart: (requestContext) => {
        const { document, request } = requestContext;
        const message = findExceededLimit(document);
        const operation = getOperationAST(document, request.operationName);
        const error = message
          ? new GraphQLError(message)
          : operation && findExceededRequestLimit(requestContext, operation, document, introspection);
        if (error) rejectUnvalidated(requestContext, error);
        return Promise.resolve();
      },
      didResolveOperation: (requestContext) => {
        const { operation, document } = requestContext;
        const error = operation && findExceededRequestLimit(requestContext, operation, document, introspection);
        if (error) throw error;
        return Promise.resolve();
      },
    }),
});

/** Limits that depend on more than the document: the caller and the variables. @returns the error, or undefined */
function findExceededRequestLimit(
  { request, contextValue, schema }: Pick<GraphQLRequestContext<Context>, 'request' | 'contextValue' | 'schema'>,
  operation: OperationDefinitionNode,
  document: DocumentNode,
  introspection: boolean,
): GraphQLError | undefined {
  const isReport = isUsageReport(operation, contextValue);
  if (!isReport && Number(request.http?.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES)
    return badRequest('A request body can have at most 64 KiB, except for usage reports.');
  const message = findExceededVariableLimit(
    { variables: request.variables, operation, schema },
    isReport ? MAXIMUM_USAGE_ENTRIES : MAXIMUM_LIST_ENTRIES,
  );
  if (message) return badRequest(message);
  const size = measureRequest(operation, document, request.variables);
  if (size.cost > operationLimits.cost.maximum) return badRequest(operationLimits.cost.message);
  return contextValue.viewer === null ? findExceededAnonymousLimit(size, introspection) : undefined;
}

/**
 * Caches the sizes of operations without variables. Apollo caches valid documents, so a repeated document is the same
 * object.
 */
const sizeCache = new WeakMap<OperationDefinitionNode, OperationSize>();

/** Measures the operation of a request. Without variables, the result is cached. */
function measureRequest(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
): OperationSize {
  if (operation.variableDefinitions?.length) return measureOperation(operation, getFragments(document), variables);
  const size = sizeCache.get(operation) ?? measureOperation(operation, getFragments(document));
  sizeCache.set(operation, size);
  return size;
}

/** Anonymous callers have lower limits. @returns the error, or undefined */
function findExceededAnonymousLimit(
  { cost, introspectionDepth }: OperationSize,
  introspection: boolean,
): GraphQLError | undefined {
  if (cost > MAXIMUM_ANONYMOUS_COST)
    return badRequest(
      `Without signing in, an operation can cost at most ${MAXIMUM_ANONYMOUS_COST}. Each field costs 1.`,
    );
  return introspectionDepth > 0 && !introspection ? badRequest('Sign in to read the schema.') : undefined;
}

const badRequest = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
