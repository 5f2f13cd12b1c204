import type { TopLevelError } from './failure.js';
import { cookie, sessionTokenIn, type Session } from './session.js';

/** The options of a `fetch` with the session. */
export interface SessionFetchOptions {
  /** The GraphQL endpoint. Requests to other origins get no token. */
  readonly url: string;
  /** `cookie()` by default; `bearer()` outside of browsers. */
  readonly session?: Session;
  /** Another `fetch`. */
  readonly fetch?: typeof fetch;
  /** The language of messages, as a BCP 47 tag; that of the browser or the account by default. */
  readonly language?: string | null;
  /** Called when an answer says that the session has ended. */
  readonly onSignedOut?: () => void;
}

/** The answer to a GraphQL request. */
export interface Body {
  readonly data?: object | null;
  readonly errors?: readonly TopLevelError[];
}

/** The JSON of a response; null for anything else, such as the page of a proxy. */
export const readBody = async (response: Response): Promise<Body | null> => {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? body : null;
};

const isSignedOut = ({ errors = [] }: Body): boolean =>
  errors.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED');

/** Where this runs; outside of a browser there is no location. */
const page = globalThis as { readonly location?: { readonly href: string } };

/** The origin that a request goes to; a page's own for a relative address. */
const originOf = (input: Parameters<typeof fetch>[0]): string | undefined =>
  URL.parse(input instanceof Request ? input.url : String(input), page.location?.href)?.origin;

/** `fetch` with the session, for other GraphQL clients. It keeps and renews the token, and asks for nothing. */
export function createSessionFetch({
  url,
  session = cookie(),
  fetch = globalThis.fetch.bind(globalThis),
  language = null,
  onSignedOut = () => undefined,
}: SessionFetchOptions): typeof globalThis.fetch {
  const store = session.delivery === 'BEARER' ? session.store : null;

  const sendOnce = (input: Parameters<typeof fetch>[0], init: RequestInit, token: string | null) => {
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : {}));
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    if (language !== null) headers.set('accept-language', language);
    return fetch(input, { ...init, headers, credentials: store ? 'omit' : 'include' });
  };

  return async (input, init = {}) => {
    // The token is for Postern alone, and no other server ends or replaces the session.
    if (store && originOf(input) !== originOf(url)) return fetch(input, init);
    const token = store?.get() ?? null;
    const response = await sendOnce(input, init, token);
    const body = (await readBody(response.clone())) ?? {};
    if (isSignedOut(body)) {
      // An answer to another request has renewed the token meanwhile.
      const renewed = store?.get() ?? null;
      if (token !== renewed) return renewed === null ? response : sendOnce(input, init, renewed);
      store?.set(null);
      onSignedOut();
    }
    const issued = sessionTokenIn(body.data ?? null);
    if (issued !== null) store?.set(issued);
    return response;
  };
}
