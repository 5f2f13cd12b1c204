import type { CombinedError } from 'urql';

/** Why a request failed: a top-level error of the response, or a failure of network or server. */
export type Failure =
  | { readonly kind: 'SESSION_ENDED' | 'STEP_UP_REQUIRED' | 'TWO_FACTOR_REQUIRED' | 'FORBIDDEN' | 'NO_NETWORK' }
  /** `until`: when to retry (in ms since 1970, by the clock of this browser). */
  | { readonly kind: 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE'; readonly until: number }
  /** `requestId` identifies the request for the administrator. */
  | { readonly kind: 'FAULT'; readonly requestId: string | null };

/** How long to wait if the error contains no time. */
const DEFAULT_WAIT_SECONDS = 5;

/** Converts an error of urql. */
export function toFailure({ networkError, graphQLErrors }: CombinedError): Failure {
  const find = (code: string) => graphQLErrors.find(({ extensions }) => extensions['code'] === code);
  if (find('UNAUTHENTICATED')) return { kind: 'SESSION_ENDED' };
  if (find('STEP_UP_REQUIRED')) return { kind: 'STEP_UP_REQUIRED' };
  if (find('TWO_FACTOR_REQUIRED')) return { kind: 'TWO_FACTOR_REQUIRED' };
  if (find('FORBIDDEN')) return { kind: 'FORBIDDEN' };
  for (const kind of ['RATE_LIMITED', 'SERVICE_UNAVAILABLE'] as const) {
    const waitSeconds = Number(find(kind)?.extensions['retryAfterSeconds'] ?? 0) || DEFAULT_WAIT_SECONDS;
    if (find(kind)) return { kind, until: Date.now() + waitSeconds * 1_000 };
  }
  if (networkError && graphQLErrors.length === 0) return { kind: 'NO_NETWORK' };
  return {
    kind: 'FAULT',
    requestId: (find('INTERNAL_SERVER_ERROR')?.extensions['requestId'] as string | undefined) ?? null,
  };
}

/** Until when not to retry (in ms since 1970); null if there is no such time. */
export const getRetryTime = (failure: Failure | null): number | null =>
  failure && 'until' in failure ? failure.until : null;
