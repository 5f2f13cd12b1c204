import type { ApolloServerPlugin } from '@apollo/server';
import { HashingOverloadedError } from '../../crypto/password-hash.js';
import { isDatabaseUnavailable } from '../../database/connection/database-unavailable.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import { OverloadedError, RETRY_AFTER_SECONDS } from '../../rules/overloaded.js';

/**
 * When to retry after an error that means that the server is overloaded or its database is unavailable (D-11); null for
 * any other error.
 */
export function getRetryAfterSeconds(error: unknown): number | null {
  if (error instanceof OverloadedError || error instanceof HashingOverloadedError) return error.retryAfterSeconds;
  return isDatabaseUnavailable(error) ? RETRY_AFTER_SECONDS : null;
}

/** Throws an error outside of resolvers in its top-level form. */
export function toUnavailable(error: unknown): never {
  const retryAfterSeconds = getRetryAfterSeconds(error);
  throw retryAfterSeconds === null ? error : topLevelError('SERVICE_UNAVAILABLE', { status: 503, retryAfterSeconds });
}

/** Answers HTTP 503 with Retry-After if a part of the response is SERVICE_UNAVAILABLE (RFC 9110; D-11). */
export const answerUnavailable: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ response: { body, http } }) => {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        const unavailable = errors?.find(({ extensions }) => extensions?.['code'] === 'SERVICE_UNAVAILABLE');
        if (unavailable) {
          http.status = 503;
          http.headers.set('retry-after', String(unavailable.extensions?.['retryAfterSeconds']));
        }
        return Promise.resolve();
      },
    }),
};
