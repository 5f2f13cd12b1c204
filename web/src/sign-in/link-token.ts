/** The token of the link that opened the web app, and the path of the link. It is kept only in memory. */
let currentToken: { readonly path: string; readonly token: string } | null = null;

/** Matches a token in the fragment. Other fragments are IDs of sections. */
const tokenPattern = /^#(ps[a-z]_\w+)$/;

/** Removes the token from the URL, so that it isn't in the browser's history or in screenshots. */
export function takeLinkToken(): void {
  const [, token] = tokenPattern.exec(location.hash) ?? [];
  if (token === undefined) return;
  currentToken = { path: location.pathname, token };
  history.replaceState(history.state, '', location.pathname);
}

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
