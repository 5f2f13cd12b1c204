import type { RuleContext } from '../rules/context.js';
import type { AnyViewer, Viewer } from '../rules/viewer.js';

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
  readonly viewer: AnyViewer | null;
  /** The session, where the client is a browser. */
  readonly cookie: TokenCookie;
  /** The browser itself, once somebody has signed in on it. */
  readonly deviceCookie: TokenCookie;
}

/** The viewer of a field that `@auth` guards, which an anonymous caller never reaches. */
export function anyViewerOf({ viewer }: Context): AnyViewer {
  if (viewer === null) throw new Error('a field without @auth asked for the viewer');
  return viewer;
}

/** The viewer of a field that accepts sessions alone, which an API token never reaches. */
export function viewerOf(context: Context): Viewer {
  const viewer = anyViewerOf(context);
  if (viewer.credential !== 'SESSION') throw new Error('a field that accepts API tokens asked for a session');
  return viewer;
}

/** Who is at the session of this request; null for an anonymous caller and by an API token. */
export const sessionViewerOf = ({ viewer }: Context): Viewer | null =>
  viewer?.credential === 'SESSION' ? viewer : null;
