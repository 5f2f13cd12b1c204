import type { CombinedError } from 'urql';

/** Why there is no answer: who is calling, how often, or a fault of the network or the server. */
export type Failure =
  | { readonly kind: 'SESSION_OVER' | 'STEP_UP_REQUIRED' | 'TWO_FACTOR_REQUIRED' | 'FORBIDDEN' | 'NO_NETWORK' }
  /** `until`: when the same may be asked for again (in ms since 1970, by this browser's clock). */
  | { readonly kind: 'RATE_LIMITED'; readonly until: number }
  /** `requestId` names the request to who runs the server. */
  | { readonly kind: 'FAULT'; readonly requestId: string | null };

/** How long to wait where a limit does not say (in s). */
const SHORT_WAIT_SECONDS = 5;

/** The one thing to tell a person about an error of urql. */
export function failureOf({ networkError, graphQLErrors }: CombinedError): Failure {
  const find = (code: string) => graphQLErrors.find(({ extensions }) => extensions['code'] === code);
  if (find('UNAUTHENTICATED')) return { kind: 'SESSION_OVER' };
  if (find('STEP_UP_REQUIRED')) return { kind: 'STEP_UP_REQUIRED' };
  if (find('TWO_FACTOR_REQUIRED')) return { kind: 'TWO_FACTOR_REQUIRED' };
  if (find('FORBIDDEN')) return { kind: 'FORBIDDEN' };
  const limited = find('RATE_LIMITED');
  if (limited)
    return {
      kind: 'RATE_LIMITED',
      until: Date.now() + (Number(limited.extensions['retryAfterSeconds']) || SHORT_WAIT_SECONDS) * 1_000,
    };
  if (networkError && graphQLErrors.length === 0) return { kind: 'NO_NETWORK' };
  return {
    kind: 'FAULT',
    requestId: (find('INTERNAL_SERVER_ERROR')?.extensions['requestId'] as string | undefined) ?? null,
  };
}
