import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatDuration } from '../text/format-duration.js';
import type { Locale, Translated } from '../text/locale.js';

/** The codes of top-level errors: of authorization, rate limits, and failures of the server. */
export type TopLevelCode = keyof typeof topLevelErrors;

/** The values in a message. */
interface Details {
  readonly retryAfterSeconds?: number;
  readonly requestId?: string;
  /** The trace that the client named in `traceparent`. */
  readonly traceId?: string;
}

type Message = string | ((details: Details, locale: Locale) => string);

export const topLevelErrors = {
  UNAUTHENTICATED: { EN: 'Sign in to continue.', ZH: '请先登录。' },
  FORBIDDEN: { EN: 'You don’t have permission to do this.', ZH: '您没有权限执行此操作。' },
  STEP_UP_REQUIRED: {
    EN: 'Recent authentication required. Call confirmIdentity and retry.',
    ZH: '需要重新验证身份，请调用 confirmIdentity 后重试。',
  },
  TWO_FACTOR_REQUIRED: {
    EN: 'Turn on two-factor authentication to use Administration.',
    ZH: '请先启用双重认证，再使用管理功能。',
  },
  RATE_LIMITED: {
    EN: ({ retryAfterSeconds }, locale) =>
      retryAfterSeconds === undefined
        ? 'Too many attempts. Try again later.'
        : `Too many attempts. Try again in ${formatDuration(retryAfterSeconds, locale)}.`,
    ZH: ({ retryAfterSeconds }, locale) =>
      retryAfterSeconds === undefined
        ? '尝试次数过多，请稍后重试。'
        : `尝试次数过多，请在 ${formatDuration(retryAfterSeconds, locale)}后重试。`,
  },
  SERVICE_UNAVAILABLE: {
    EN: ({ retryAfterSeconds = 0 }, locale) =>
      `The server is busy. Try again in ${formatDuration(retryAfterSeconds, locale)}.`,
    ZH: ({ retryAfterSeconds = 0 }, locale) => `服务器繁忙，请在 ${formatDuration(retryAfterSeconds, locale)}后重试。`,
  },
  BAD_REQUEST: { EN: 'The request is malformed.', ZH: '请求格式错误。' },
  ANSWER_TOO_LARGE: {
    EN: 'Response exceeds 1 MiB. Request fewer items.',
    ZH: '响应超过 1 MiB，请减少请求的数据量。',
  },
  INTERNAL_SERVER_ERROR: {
    EN: ({ requestId = '' }) =>
      `Something went wrong. If it keeps happening, send request ID ${requestId} to your administrator.`,
    ZH: ({ requestId = '' }) => `出错了。如持续出现，请向管理员提供请求编号 ${requestId}。`,
  },
} as const satisfies Readonly<Record<string, Translated<Message>>>;

function getMessage(code: TopLevelCode, details: Details, locale: Locale): string {
  const message: Message = topLevelErrors[code][locale];
  return typeof message === 'string' ? message : message(details, locale);
}

/** The HTTP response of an error that concerns the whole request. */
interface WholeResponse {
  readonly status?: number;
  /** The `WWW-Authenticate` of a caller who isn't authenticated (RFC 9110, section 11.6.1). */
  readonly challenge?: string;
}

/** An error about the caller or the server, with the HTTP response if it concerns the whole request. */
export function topLevelError(
  code: TopLevelCode,
  { status, challenge, ...details }: Details & WholeResponse = {},
  locale: Locale = 'EN',
): GraphQLError {
  return new GraphQLError(getMessage(code, details, locale), {
    extensions: {
      code,
      ...details,
      ...(status ? { http: { status, headers: getHeaders(details, challenge) } } : {}),
    },
  });
}

/** The headers of a response that only has this error. */
const getHeaders = ({ retryAfterSeconds }: Details, challenge?: string): Map<string, string> =>
  new Map([
    ...(retryAfterSeconds === undefined ? [] : ([['retry-after', String(retryAfterSeconds)]] as const)),
    ...(challenge ? ([['www-authenticate', challenge]] as const) : []),
  ]);

/** Translates the message of an error. Errors of libraries keep theirs. */
export function translateError(error: GraphQLFormattedError, locale: Locale): GraphQLFormattedError {
  const { code, ...details } = error.extensions ?? {};
  const isOwn = typeof code === 'string' && code in topLevelErrors && code !== 'BAD_REQUEST';
  return isOwn ? { ...error, message: getMessage(code as TopLevelCode, details, locale) } : error;
}

/** An error about an argument that its GraphQL type could not reject. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
