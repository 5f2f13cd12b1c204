import type { RequestRecord } from '../../telemetry/request-record.js';

/** What a response without a code says by its HTTP status. */
const outcomesByStatus: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  503: 'SERVICE_UNAVAILABLE',
};

/** Outcomes that are worth attention if there are many. */
const warnings: ReadonlySet<string> = new Set(['RATE_LIMITED', 'FORBIDDEN', 'SERVICE_UNAVAILABLE']);

/**
 * How a request ended: the code of its top-level error, else `REFUSED` if it has user errors, else `OK`; `ABORTED` if
 * the client left before the response was sent.
 */
export function findOutcome(
  { code, userErrors }: Pick<RequestRecord, 'code' | 'userErrors'>,
  status: number,
  isComplete: boolean,
): string {
  if (!isComplete) return 'ABORTED';
  if (code !== null) return code;
  if (status >= 400) return outcomesByStatus[status] ?? (status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST');
  return userErrors.length > 0 ? 'REFUSED' : 'OK';
}

/** Routes under these paths are for users and proxies, although they are read with GET. */
const REQUESTED_WITH_GET = ['/export/', '/auth/'] as const;

/**
 * Whether a request is for a page, a file or a health check.
 *
 * @param route the path that Postern knows, such as `/livez`
 */
export const isPage = (method: string, route: string): boolean =>
  (method === 'GET' || method === 'HEAD') && !REQUESTED_WITH_GET.some((path) => route.startsWith(path));

/**
 * The level of the line of a request. Faults of the server are errors. A successful page, file or health check is not
 * worth a line.
 */
export function levelOf(outcome: string, isOfPage: boolean): 'debug' | 'info' | 'warn' | 'error' {
  if (outcome === 'INTERNAL_SERVER_ERROR') return 'error';
  if (warnings.has(outcome)) return 'warn';
  return isOfPage && outcome === 'OK' ? 'debug' : 'info';
}
