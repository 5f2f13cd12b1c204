import { toFailure as describeAnswer } from '@postern/client';
import type { CombinedError } from 'urql';
import { getOtherAddress } from './public-address.js';

/** Why a request failed: a top-level error of the response, or a failure of network or server. */
export type Failure =
  | { readonly kind: 'SESSION_ENDED' | 'STEP_UP_REQUIRED' | 'TWO_FACTOR_REQUIRED' | 'FORBIDDEN' | 'NO_NETWORK' }
  /** The web app was opened at another address than the server's, which rejects its requests. */
  | { readonly kind: 'WRONG_ADDRESS'; readonly address: string }
  /** `until`: when to retry (in ms since 1970, by the clock of this browser). */
  | { readonly kind: 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'; readonly until: number }
  /** `requestId` identifies the request for the administrator. */
  | { readonly kind: 'FAULT'; readonly requestId: string | null };

/** How long to wait if the error contains no time. */
const DEFAULT_WAIT_SECONDS = 5;

/** Converts an error of urql. */
export function toFailure({ networkError, graphQLErrors, response }: CombinedError): Failure {
  const { status = 0, headers } = (response ?? {}) as Partial<Response>;
  const retryAfter = headers?.get('retry-after') ?? null;
  if (networkError && graphQLErrors.length === 0) return { kind: 'NO_NETWORK' };
  return explainAnswer({ status, retryAfter, errors: graphQLErrors });
}

/** Explains an answer with errors. */
export function explainAnswer(answer: Parameters<typeof describeAnswer>[0]): Failure {
  const failure = describeAnswer(answer);
  switch (failure.kind) {
    case 'UNAUTHENTICATED':
      return { kind: 'SESSION_ENDED' };
    case 'STEP_UP_REQUIRED':
    case 'TWO_FACTOR_REQUIRED':
    case 'FORBIDDEN':
      return { kind: failure.kind };
    case 'ORIGIN_NOT_ALLOWED': {
      const address = getOtherAddress();
      return address === null ? { kind: 'FORBIDDEN' } : { kind: 'WRONG_ADDRESS', address };
    }
    case 'RATE_LIMITED':
    case 'SERVICE_UNAVAILABLE':
      return { kind: failure.kind, until: Date.now() + (failure.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS) * 1_000 };
    case 'INTERNAL_SERVER_ERROR':
      return { kind: 'FAULT', requestId: failure.requestId };
    case 'REJECTED':
    case 'NETWORK':
    case 'USER_ERRORS':
    case 'CANCELED':
    case 'PASSKEY':
      return { kind: 'FAULT', requestId: null };
  }
}

/** Until when not to retry (in ms since 1970); null if there is no such time. */
export const getRetryTime = (failure: Failure | null): number | null =>
  failure && 'until' in failure ? failure.until : null;
