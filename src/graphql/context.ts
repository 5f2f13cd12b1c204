import type { RuleContext } from '../rule-context.js';
import type { Viewer } from '../session/viewer.js';

/** A cookie of one request and its answer, with a token in it. */
export interface TokenCookie {
  /** The token that the client sent; null where it sent none. */
  readonly token: string | null;
  /** Gives the client a token; without an end it lasts until the browser closes. */
  set(token: string, expires: Date | null): void;
  clear(): void;
}

/** What a resolver works with: the circumstances that rules need, who asks, and how to hand over a session. */
export interface Context extends RuleContext {
  /** The person behind the credential; null for an anonymous caller. */
  readonly viewer: Viewer | null;
  /** The session, where the client is a browser. */
  readonly cookie: TokenCookie;
  /** The browser itself, once somebody has signed in on it. */
  readonly deviceCookie: TokenCookie;
}

/** The viewer of a field that `@auth` guards, which an anonymous caller never reaches. */
export function viewerOf(context: Context): Viewer {
  if (context.viewer === null) throw new Error('a field without @auth asked for the viewer');
  return context.viewer;
}
