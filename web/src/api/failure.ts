import type { CombinedError } from 'urql';

/** Why a request has no result: top-level errors, and faults of the network or the server. */
export type Failure =
  | { readonly kind: 'SESSION_ENDED' | 'STEP_UP_REQUIRED' | 'TWO_FACTOR_REQUIRED' | 'FORBIDDEN' | 'NO_NETWORK' }
  /** `until`: when to retry (in ms since 1970, by the clock of this browser). */
  | { readonly kind: 'RATE_LIMITED'; readonly until: number }
  /** `requestId` identifies the request for the administrator. */
  | { readonly kind: 'FAULT'; readonly requestId: string | null };

/** How long to wait if a rate limit doesn't name a time (in s). */
const DEFAULT_WAIT_SECONDS = 5;

/** The failure to show for an error of urql. */
export function toFailure({ networkError, graphQLErrors }: CombinedError): Failure {
  const find = (code: string) => graphQLErrors.find(({ extensions }) => extensions['code'] === code);
  if (find('UNAUTHENTICATED')) return { kind: 'SESSION_ENDED' };
  if (find('STEP_UP_REQUIRED')) return { kind: 'STEP_UP_REQUIRED' };
  if (find('TWO_FACTOR_REQUIRED')) return { kind: 'TWO_FACTOR_REQUIRED' };
  if (find('FORBIDDEN')) return { kind: 'FORBIDDEN' };
  const rateLimited = find('RATE_LIMITED');
  if (rateLimited)
    return {
      kind: 'RATE_LIMITED',
      until: Date.now() + (Number(rateLimited.extensions['retryAfterSeconds']) || DEFAULT_WAIT_SECONDS) * 1_000,
    };
  if (networkError && graphQLErrors.length === 0) return { kind: 'NO_NETWORK' };
  return {
    kind: 'FAULT',
    requestId: (find('INTERNAL_SERVER_ERROR')?.extensions['requestId'] as string | undefined) ?? null,
  };
}
