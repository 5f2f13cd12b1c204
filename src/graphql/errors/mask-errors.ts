import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '../../telemetry/logger.js';
import { currentRequestIds } from '../../telemetry/request-record.js';
import { RateLimitedError } from '../../features/attempt/rate-limits.js';
import { isDatabaseUnavailable } from '../../database/connection/database-unavailable.js';
import { CredentialRevokedError } from '../../rules/authority.js';
import { StepUpRequiredError } from '../../rules/step-up-required.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError, translateError } from '../../graphql-kit/errors.js';
import { rejectionCode } from '../limits/unvalidated-documents.js';
import { isInvalidInput, removeValues } from './messages-without-values.js';
import { getRetryAfterSeconds } from './unavailable.js';

/** Codes of errors about the document. Their messages can quote input, such as a password. */
const codesWithQuotedInput = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Replaces errors that must not be returned. Intended errors are returned as they are. A message about a value loses
 * the value, which can be a password in the wrong field. Any other error becomes an INTERNAL_SERVER_ERROR without
 * details.
 */
export function maskError(formatted: GraphQLFormattedError, originalError: unknown): GraphQLFormattedError {
  const error = unwrapResolverError(originalError);
  if (error instanceof StepUpRequiredError) return withPath(topLevelError('STEP_UP_REQUIRED').toJSON(), formatted);
  if (error instanceof CredentialRevokedError) return withPath(topLevelError('UNAUTHENTICATED').toJSON(), formatted);
  if (error instanceof RateLimitedError)
    return withPath(topLevelError('RATE_LIMITED', { retryAfterSeconds: error.retryAfterSeconds }).toJSON(), formatted);
  const retryAfterSeconds = getRetryAfterSeconds(error);
  if (retryAfterSeconds !== null)
    return withPath(topLevelError('SERVICE_UNAVAILABLE', { retryAfterSeconds }).toJSON(), formatted);
  if (isInvalidInput(error))
    return {
      ...formatted,
      message: removeValues(formatted.message, originalError),
      extensions: { code: 'BAD_USER_INPUT' },
    };
  const { code, requestId, traceId } = formatted.extensions ?? {};
  if (!(error instanceof GraphQLError)) return withPath(topLevelError('INTERNAL_SERVER_ERROR').toJSON(), formatted);
  if (code === 'INTERNAL_SERVER_ERROR')
    return withPath(topLevelError(code, onlyTexts({ requestId, traceId })).toJSON(), formatted);
  if (codesWithQuotedInput.has(String(code)))
    return {
      ...formatted,
      message: removeValues(formatted.message, originalError),
      extensions: { ...formatted.extensions, code: rejectionCode(error) ?? code },
    };
  return formatted;
}

/**
 * Whether the caller gets only the request ID. Intended errors have a code; graphql-js sets none if it can't return a
 * value, e.g. null for a non-null field.
 */
const isUnexpected = (originalError: unknown): boolean => {
  const error = unwrapResolverError(originalError);
  const isIntended =
    error instanceof GraphQLError &&
    error.extensions['code'] !== undefined &&
    error.extensions['code'] !== 'INTERNAL_SERVER_ERROR';
  return (
    !isIntended &&
    !isInvalidInput(error) &&
    !(error instanceof RateLimitedError) &&
    !(error instanceof CredentialRevokedError) &&
    !(error instanceof StepUpRequiredError) &&
    getRetryAfterSeconds(error) === null
  );
};

/** The entries whose value is a text. */
const onlyTexts = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

const withPath = (
  masked: GraphQLFormattedError,
  { path, locations }: GraphQLFormattedError,
): GraphQLFormattedError => ({ ...masked, ...(path ? { path } : {}), ...(locations ? { locations } : {}) });

/**
 * Logs every unexpected error with its request ID, and returns that ID to the caller, in the caller's language. An
 * unavailable database is a warning.
 */
export const reportUnexpectedErrors = (logger: Logger): ApolloServerPlugin<Context> => ({
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }) => {
        for (const error of errors.filter(isUnexpected))
          logger.error(
            { err: unwrapResolverError(error), requestId: contextValue.caller.requestId, path: error.path },
            'unexpected error',
          );
        const unavailable = errors.find((error) => isDatabaseUnavailable(unwrapResolverError(error)));
        if (unavailable)
          logger.warn(
            { err: unwrapResolverError(unavailable), requestId: contextValue.caller.requestId },
            'the database is unavailable',
          );
        return Promise.resolve();
      },
      willSendResponse: ({ response, contextValue }) => {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return Promise.resolve();
        response.body.singleResult.errors = response.body.singleResult.errors.map((error) =>
          translateError(
            error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR'
              ? {
                  ...error,
                  extensions: {
                    ...error.extensions,
                    requestId: contextValue.caller.requestId,
                    ...currentRequestIds(),
                  },
                }
              : error,
            contextValue.locale,
          ),
        );
        return Promise.resolve();
      },
    }),
});
