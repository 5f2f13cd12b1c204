import { useSyncExternalStore } from 'react';

/** The token of the link that opened the web app, and the path of the link. It is kept only in memory. */
let currentToken: { readonly path: string; readonly token: string } | null = null;

/** How many links were opened in this tab, and who shows their views. */
let linkCount = 0;
const listeners = new Set<() => void>();

/** Matches a token at the start of a fragment; mail clients append punctuation. Other fragments are IDs of sections. */
const tokenPattern = /^#(ps[a-z]_\w+)/;

/** Removes the token from the URL, so that it isn't in the browser's history or in screenshots. */
export function takeLinkToken(): void {
  const [, token] = tokenPattern.exec(location.hash) ?? [];
  if (token === undefined) return;
  currentToken = { path: location.pathname, token };
  history.replaceState(history.state, '', location.pathname);
  linkCount += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How many links were opened in this tab. A view of a link starts again with each, e.g. when a newer one is pasted. */
export const useLinkCount = (): number => useSyncExternalStore(subscribe, () => linkCount);

/** The token of the link that opened this view; null if there was none. */
export const getLinkToken = (path: string): string | null => (currentToken?.path === path ? currentToken.token : null);

/** Passes a token to another view, e.g. a reset token after an email change was undone. */
export function passLinkToken(path: string, token: string): void {
  currentToken = { path, token };
}

/** Discards the token after it was used. */
export function clearLinkToken(): void {
  currentToken = null;
}
