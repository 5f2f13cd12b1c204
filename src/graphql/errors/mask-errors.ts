import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '../../telemetry/logger.js';
import { RateLimited } from '../../features/attempt/rate-limits.js';
import { HashingOverloaded } from '../../crypto/password-hash.js';
import { CredentialEnded } from '../../rules/authority.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError, translateError } from '../../graphql-kit/errors.js';
import { isWrongInput, withoutValues } from './messages-without-values.js';

/** Codes of errors about the document; their messages may quote what the caller sent, which can be a password. */
const codesThatQuote = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * What a caller is told of an error. Errors that Postern means to answer with pass; a message about a value is cut to
 * what and where, so that no password that was sent in the wrong shape comes back; everything else is a fault of the
 * server, of which nothing is told.
 */
export function maskError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const error = unwrapResolverError(thrown);
  if (error instanceof CredentialEnded) return withPath(topLevelError('UNAUTHENTICATED').toJSON(), formatted);
  if (isLimit(error)) {
    return withPath(topLevelError('RATE_LIMITED', { retryAfterSeconds: error.retryAfterSeconds }).toJSON(), formatted);
  }
  if (isWrongInput(error))
    return { ...formatted, message: withoutValues(formatted.message, thrown), extensions: { code: 'BAD_USER_INPUT' } };
  const { code, requestId } = formatted.extensions ?? {};
  if (!(error instanceof GraphQLError)) return withPath(topLevelError('INTERNAL_SERVER_ERROR').toJSON(), formatted);
  if (code === 'INTERNAL_SERVER_ERROR')
    return withPath(topLevelError(code, typeof requestId === 'string' ? { requestId } : {}).toJSON(), formatted);
  if (codesThatQuote.has(String(code))) return { ...formatted, message: withoutValues(formatted.message, thrown) };
  return formatted;
}

/**
 * Whether a caller should be told nothing of an error but the request id: all but what Postern means to answer with,
 * which bears a code. graphql-js gives none to a value that it cannot answer with, e.g. null where the schema has none.
 */
const isUnexpected = (thrown: unknown): boolean => {
  const error = unwrapResolverError(thrown);
  const isMeant =
    error instanceof GraphQLError &&
    error.extensions['code'] !== undefined &&
    error.extensions['code'] !== 'INTERNAL_SERVER_ERROR';
  return !isMeant && !isWrongInput(error) && !isLimit(error) && !(error instanceof CredentialEnded);
};

const isLimit = (error: unknown) => error instanceof HashingOverloaded || error instanceof RateLimited;

const withPath = (
  masked: GraphQLFormattedError,
  { path, locations }: GraphQLFormattedError,
): GraphQLFormattedError => ({ ...masked, ...(path ? { path } : {}), ...(locations ? { locations } : {}) });

/** Logs every unexpected error with its request id, and answers with that id, in the caller's language. */
export const reportUnexpectedErrors = (logger: Logger): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }) => {
        for (const error of errors.filter(isUnexpected))
          logger.error(
            { err: unwrapResolverError(error), requestId: contextValue.caller.requestId, path: error.path },
            'unexpected error',
          );
        return Promise.resolve();
      },
      willSendResponse: ({ response, contextValue }) => {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return Promise.resolve();
        response.body.singleResult.errors = response.body.singleResult.errors.map((error) =>
          translateError(
            error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR'
              ? { ...error, extensions: { ...error.extensions, requestId: contextValue.caller.requestId } }
              : error,
            contextValue.locale,
          ),
        );
        return Promise.resolve();
      },
    }),
});
