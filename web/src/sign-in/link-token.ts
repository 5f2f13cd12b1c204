/** The token of the link that opened the web app, with its path. It is kept only in memory. */
let taken: { readonly path: string; readonly token: string } | null = null;

/** The format of a token in the fragment. Other fragments lead to a section of the view. */
const format = /^#(ps[a-z]_\w+)$/;

/** Removes the token from the URL immediately, so that it appears neither in the history nor in a screenshot. */
export function takeLinkToken(): void {
  const [, token] = format.exec(location.hash) ?? [];
  if (token === undefined) return;
  taken = { path: location.pathname, token };
  history.replaceState(history.state, '', location.pathname);
}

/** The token of the link that opened this view; null if there was none. */
export const linkToken = (path: string): string | null => (taken?.path === path ? taken.token : null);

/** Passes a token to another view, e.g. the one that undoing an email change returns. */
export function passLinkToken(path: string, token: string): void {
  taken = { path, token };
}

/** Drops the token after it was used. */
export function forgetLinkToken(): void {
  taken = null;
}
