import { topLevelErrors, type TopLevelCode } from '../src/graphql-kit/errors.js';
import { userErrorDescriptions } from '../src/graphql-kit/user-error-descriptions.js';
import { userErrorMessages, type UserErrorCode } from '../src/rules/user-error-messages.js';

/** What a client needs to know of a top-level error. */
interface ErrorRow {
  /** HTTP status: of the whole response, or 200 where other fields may have data. */
  readonly status: string;
  /** Entries of `extensions` besides `code`. */
  readonly extensions?: string;
  readonly meaning: string;
}

/** Codes of Postern. A new code does not compile without a row. */
const own: Readonly<Record<TopLevelCode, ErrorRow>> = {
  UNAUTHENTICATED: {
    status: '200; 401 for an invalid bearer token, and for exports',
    meaning: 'No credential, or one that is unknown, expired or revoked. Sign in again.',
  },
  FORBIDDEN: {
    status: '200; 403 for a cookie from another site, and for exports',
    meaning: 'The role or the kind of credential is not enough. See [permissions](permissions.md).',
  },
  STEP_UP_REQUIRED: {
    status: '200; 403 for exports',
    meaning: 'The last authentication was more than 10 minutes ago. Call `confirmIdentity`, then retry.',
  },
  TWO_FACTOR_REQUIRED: {
    status: '200; 403 for exports',
    meaning: 'Administrators must turn on two-factor authentication first (`enableTwoFactor`).',
  },
  RATE_LIMITED: {
    status: '200; 429 with `Retry-After` for exports',
    extensions: '`retryAfterSeconds`',
    meaning: 'Too many attempts by this caller. Retry after the given time.',
  },
  SERVICE_UNAVAILABLE: {
    status: '503 with `Retry-After`',
    extensions: '`retryAfterSeconds`',
    meaning:
      'The server is overloaded, or its database is unreachable, read-only or full. No attempt was counted. Retry after the given time.',
  },
  BAD_REQUEST: {
    status: '400; 405 for another method; 413 for a body that is too large; 415 for another content type',
    meaning: 'The request or a header is malformed, or the operation exceeds a limit that the message names.',
  },
  ANSWER_TOO_LARGE: { status: '200', meaning: 'The response would exceed 1 MiB. Request fewer items.' },
  INTERNAL_SERVER_ERROR: {
    status: '200; 500 before execution',
    extensions: '`requestId`, and `traceId` if the request had a `traceparent`',
    meaning: 'A fault of the server. Retry once; if it continues, send the request ID to your administrator.',
  },
};

/** Codes of Apollo Server and of HTTP. */
const others: Readonly<Record<string, ErrorRow>> = {
  GRAPHQL_PARSE_FAILED: { status: '400', meaning: 'The document is not valid GraphQL syntax.' },
  GRAPHQL_VALIDATION_FAILED: {
    status: '400',
    meaning: 'The document does not fit the schema, or exceeds a limit of documents that the message names.',
  },
  BAD_USER_INPUT: {
    status: '200; 400 for variables that do not fit their types, and for parameters of exports',
    meaning: 'An argument or a variable has a value that can’t be used. The message says which.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: '400',
    meaning: 'The document has several operations and `operationName` names none of them.',
  },
  NOT_FOUND: { status: '404', meaning: 'No page or endpoint has this address.' },
};

const row = (code: string, { status, extensions = '', meaning }: ErrorRow, message = '') =>
  `| \`${code}\` | ${status} | ${extensions} | ${message} | ${meaning} |`;

/** The table of top-level errors. */
export const topLevelErrorsTable = (): string =>
  [
    '| `extensions.code` | HTTP status | Other `extensions` | Message | What to do |',
    '|---|---|---|---|---|',
    ...Object.entries(own).map(([code, error]) => row(code, error, messageOf(code as TopLevelCode))),
    ...Object.entries(others).map(([code, error]) => row(code, error)),
  ].join('\n');

/** Times and request IDs are examples. */
function messageOf(code: TopLevelCode): string {
  const message: string | ((details: object, locale: 'EN') => string) = topLevelErrors[code].EN;
  return typeof message === 'string' ? message : message({ retryAfterSeconds: 54, requestId: '…' }, 'EN');
}

/** The table of user errors. Their HTTP status is always 200. */
export const userErrorsTable = (): string =>
  [
    '| `code` | Message | What to do |',
    '|---|---|---|',
    ...(Object.keys(userErrorMessages) as UserErrorCode[]).map(
      (code) => `| \`${code}\` | ${userErrorMessages[code].EN} | ${userErrorDescriptions[code]} |`,
    ),
  ].join('\n');
