/** Keeps a bearer token, e.g. in memory or in the keychain of a phone. */
export interface TokenStore {
  get(): string | null;
  set(token: string | null): void;
}

/** How requests identify the user: by a browser's cookie, or by a token that the client keeps. */
export type Session = { readonly delivery: 'COOKIE' } | { readonly delivery: 'BEARER'; readonly store: TokenStore };

/** Keeps a token in memory. */
const inMemory = (token: string | null): TokenStore => ({
  get: () => token,
  set: (next) => {
    token = next;
  },
});

/**
 * A session by token, for programs and phones. The client keeps the token, and the new ones that answers carry.
 *
 * @param token the token to start with: of a session, an API token or an access token; or a store that has it
 */
export const bearer = (token: string | TokenStore | null = null): Session => ({
  delivery: 'BEARER',
  store: typeof token === 'string' || token === null ? inMemory(token) : token,
});

/**
 * A session by cookie, for pages. The browser keeps the cookie. A page of another origin than Postern's must be listed
 * in `POSTERN_CORS_ORIGINS`.
 */
export const cookie = (): Session => ({ delivery: 'COOKIE' });

/** The token of the session that an answer carries; null if it carries none. */
export function sessionTokenIn(data: object | null): string | null {
  for (const payload of Object.values(data ?? {}) as (Record<string, unknown> | null)[]) {
    const session = typeof payload === 'object' ? payload?.['session'] : null;
    const token = (session as { readonly token?: unknown } | null | undefined)?.token;
    if (typeof token === 'string') return token;
  }
  return null;
}
