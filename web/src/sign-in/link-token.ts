/** The token of the link that opened the web app, with its path. It is kept only in memory. */
let currentToken: { readonly path: string; readonly token: string } | null = null;

/** The format of a token in the fragment. Other fragments lead to a section of the view. */
const tokenPattern = /^#(ps[a-z]_\w+)$/;

/** Removes the token from the URL immediately, so that it appears neither in the history nor in a screenshot. */
export function takeLinkToken(): void {
  const [, token] = tokenPattern.exec(location.hash) ?? [];
  if (token === undefined) return;
  currentToken = { path: location.pathname, token };
  history.replaceState(history.state, '', location.pathname);
}

/** The token of the link that opened this view; null if there was none. */
export const linkToken = (path: string): string | null => (currentToken?.path === path ? currentToken.token : null);

/** Passes a token to another view, e.g. the one that undoing an email change returns. */
export function passLinkToken(path: string, token: string): void {
  currentToken = { path, token };
}

/** Drops the token after it was used. */
export function clearLinkToken(): void {
  currentToken = null;
}
