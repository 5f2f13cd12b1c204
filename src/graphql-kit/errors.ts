import { GraphQLError } from 'graphql';

/** The top-level errors that Postern answers with: who is calling, how often, and faults of the server. */
export type TopLevelCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'STEP_UP_REQUIRED'
  | 'TWO_FACTOR_REQUIRED'
  | 'RATE_LIMITED'
  | 'BAD_REQUEST'
  | 'ANSWER_TOO_LARGE'
  | 'INTERNAL_SERVER_ERROR';

const messages: Readonly<Record<TopLevelCode, string>> = {
  UNAUTHENTICATED: 'Sign in first: the credential is missing, unknown or over.',
  FORBIDDEN: 'This is not yours to use.',
  STEP_UP_REQUIRED: 'Confirm who you are first (confirmIdentity).',
  TWO_FACTOR_REQUIRED: 'Administrators turn on two-factor authentication first.',
  RATE_LIMITED: 'Too much at once. Try again later.',
  BAD_REQUEST: 'The request is malformed.',
  ANSWER_TOO_LARGE: 'The answer would be larger than 1 MiB. Ask for less at once.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side. Give the request id to who runs this server.',
};

/** An error about the caller or the server, with the HTTP status where it is about the whole request. */
export function topLevelError(
  code: TopLevelCode,
  details: { readonly status?: number; readonly [name: string]: unknown } = {},
): GraphQLError {
  const { status, ...extensions } = details;
  return new GraphQLError(messages[code], {
    extensions: { code, ...extensions, ...(status ? { http: { status } } : {}) },
  });
}

/** An error about a value in the document or its variables that no type could tell. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
