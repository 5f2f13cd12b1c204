import type { PasskeyProblem } from './passkey.js';

/** An error in what the user typed or asked for. Nothing was changed. */
export interface UserError {
  /** A code of docs/errors.md, such as `INCORRECT_PASSWORD`. */
  readonly code: string;
  /** The path of the input field. */
  readonly field?: readonly string[] | null | undefined;
  /** What is wrong and what to do, for the user, if the document asks for it. */
  readonly message?: string;
}

/** Why a request failed. `kind` tells which; `message` is for people, in the language of the request. */
export type Failure =
  | { readonly kind: 'USER_ERRORS'; readonly userErrors: readonly UserError[] }
  | {
      readonly kind: 'UNAUTHENTICATED' | 'FORBIDDEN' | 'STEP_UP_REQUIRED' | 'TWO_FACTOR_REQUIRED';
      readonly message: string;
    }
  /** The page is at an address that Postern doesn't accept cookies from (`POSTERN_CORS_ORIGINS`). */
  | { readonly kind: 'ORIGIN_NOT_ALLOWED'; readonly message: string }
  /** `retryAfterSeconds`: when to try again; null if the answer doesn't say. */
  | {
      readonly kind: 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE';
      readonly message: string;
      readonly retryAfterSeconds: number | null;
    }
  /** A fault of the server. `requestId` identifies it for the administrator. */
  | { readonly kind: 'INTERNAL_SERVER_ERROR'; readonly message: string; readonly requestId: string | null }
  /** The request itself is wrong: a fault of the program. `code` is the top-level code. */
  | { readonly kind: 'REJECTED'; readonly code: string; readonly message: string }
  /** There was no answer, or none of Postern. */
  | { readonly kind: 'NETWORK'; readonly cause: unknown }
  /** The user gave no password, code or passkey. */
  | { readonly kind: 'CANCELED' }
  | { readonly kind: 'PASSKEY'; readonly problem: PasskeyProblem };

/** An error in `errors` of an answer. */
export interface TopLevelError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** What is needed of an answer to tell why it failed. */
export interface FailedAnswer {
  readonly status: number;
  /** The value of the header Retry-After. */
  readonly retryAfter: string | null;
  readonly errors: readonly TopLevelError[];
}

const seconds = (value: unknown): number | null => {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) && number > 0 ? number : null;
};

/** The failure of an answer with top-level errors: the one that the caller can do the most about. */
export function toFailure({ status, retryAfter, errors }: FailedAnswer): Failure {
  const find = (code: string) => errors.find(({ extensions }) => extensions?.['code'] === code);
  for (const kind of ['UNAUTHENTICATED', 'STEP_UP_REQUIRED', 'TWO_FACTOR_REQUIRED', 'FORBIDDEN'] as const) {
    const error = find(kind);
    if (!error) continue;
    const { message } = error;
    return kind === 'FORBIDDEN' && status === 403 ? { kind: 'ORIGIN_NOT_ALLOWED', message } : { kind, message };
  }
  for (const kind of ['RATE_LIMITED', 'SERVICE_UNAVAILABLE'] as const) {
    const error = find(kind);
    if (error)
      return {
        kind,
        message: error.message,
        retryAfterSeconds: seconds(error.extensions?.['retryAfterSeconds']) ?? seconds(retryAfter),
      };
  }
  const fault = find('INTERNAL_SERVER_ERROR');
  const requestId = fault?.extensions?.['requestId'];
  if (fault)
    return {
      kind: 'INTERNAL_SERVER_ERROR',
      message: fault.message,
      requestId: typeof requestId === 'string' ? requestId : null,
    };
  const [{ message, extensions } = { message: `HTTP ${status}`, extensions: {} }] = errors;
  return { kind: 'REJECTED', code: typeof extensions?.['code'] === 'string' ? extensions['code'] : 'UNKNOWN', message };
}

interface MutationPayload {
  readonly userErrors?: readonly UserError[];
}

/** The user errors in the payloads of an answer. */
export const userErrorsIn = (data: object | null): readonly UserError[] =>
  Object.values(data ?? {}).flatMap((payload: MutationPayload | null) => payload?.userErrors ?? []);
