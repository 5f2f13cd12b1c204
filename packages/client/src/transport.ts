import { textOf, type TypedDocument } from './document.js';
import { toFailure, userErrorsIn, type Failure } from './failure.js';
import { createSessionFetch, readBody, type Body, type SessionFetchOptions } from './session-fetch.js';

/** The result of a request. After a failure, `data` has the fields that were answered nevertheless. */
export type Result<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly failure: Failure; readonly data: Partial<Data> | null };

/** A failure without data. */
export const failed = (failure: Failure): { readonly ok: false; readonly failure: Failure; readonly data: null } => ({
  ok: false,
  failure,
  data: null,
});

/** Sends requests and keeps the session. */
export interface Transport {
  /** `fetch` with the session, for other GraphQL clients. */
  readonly fetch: typeof fetch;
  readonly send: <Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: object,
  ) => Promise<Result<Data>>;
}

/** Creates a transport. */
export function createTransport(options: SessionFetchOptions): Transport {
  const fetchWithSession = createSessionFetch(options);

  async function send<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: object,
  ): Promise<Result<Data>> {
    try {
      const response = await fetchWithSession(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: textOf(document), variables }),
      });
      return toResult<Data>(response, await readBody(response));
    } catch (cause) {
      return failed({ kind: 'NETWORK', cause });
    }
  }

  return { fetch: fetchWithSession, send };
}

function toResult<Data>({ status, headers }: Response, body: Body | null): Result<Data> {
  const retryAfter = headers.get('retry-after');
  if (body === null || (!body.data && !body.errors)) {
    const message = `HTTP ${status}`;
    return status === 503
      ? failed({ kind: 'SERVICE_UNAVAILABLE', message, retryAfterSeconds: Number(retryAfter) || null })
      : failed({ kind: 'NETWORK', cause: new Error(message) });
  }
  const { data = null, errors = [] } = body;
  const partial = data as Partial<Data> | null;
  if (errors.length > 0) return { ok: false, failure: toFailure({ status, retryAfter, errors }), data: partial };
  const userErrors = userErrorsIn(data);
  if (userErrors.length > 0) return { ok: false, failure: { kind: 'USER_ERRORS', userErrors }, data: partial };
  return { ok: true, data: data as Data };
}
