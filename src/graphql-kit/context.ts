import type { RuleContext } from '../rules/context.js';
import type { Viewer, SessionViewer } from '../rules/viewer.js';

/** A cookie with a token, in one request and its response. */
export interface TokenCookie {
  /** The token that the client sent; null if it sent none. */
  readonly token: string | null;
  /** Sends a token to the client; without an expiry it lasts until the browser closes. */
  set(token: string, expires: Date | null): void;
  clear(): void;
}

/** The context of resolvers: that of rules, the viewer and the cookies. */
export interface Context extends RuleContext {
  /** The authenticated user; null for an anonymous caller. */
  readonly viewer: Viewer | null;
  /** The session cookie. Clearing it clears the gate cookie too. */
  readonly sessionCookie: TokenCookie;
  /** Opens forward auth on other hosts; null without `COOKIE_DOMAIN`. */
  readonly gateCookie: TokenCookie | null;
  /** Identifies the browser once a user has signed in on it. */
  readonly deviceCookie: TokenCookie;
  /** Replaces the second factor of the user who trusts the browser. */
  readonly trustCookie: TokenCookie;
}

/** The viewer, in fields guarded by `@auth`, which anonymous callers can't access. */
export function requireViewer({ viewer }: Context): Viewer {
  if (viewer === null) throw new Error('a field without @auth asked for the viewer');
  return viewer;
}

/** The viewer, in fields that accept only sessions. */
export function requireSessionViewer(context: Context): SessionViewer {
  const viewer = requireViewer(context);
  if (viewer.credential !== 'SESSION') throw new Error('a field that accepts API tokens asked for a session');
  return viewer;
}

/** The viewer if the request has a session; null for an anonymous caller or an API token. */
export const getSessionViewer = ({ viewer }: Context): SessionViewer | null =>
  viewer?.credential === 'SESSION' ? viewer : null;
