/** Where a token was that came behind the # of the address, and what it is; gone when the page is. */
let taken: { readonly path: string; readonly token: string } | null = null;

/** What tokens of links look like; anything else behind the # names a place in the page. */
const form = /^#(ps[a-z]_\w+)$/;

/** Takes the token of a link out of the address at once, so that neither the history nor a screenshot keeps it. */
export function takeLinkToken(): void {
  const [, token] = form.exec(location.hash) ?? [];
  if (token === undefined) return;
  taken = { path: location.pathname, token };
  history.replaceState(history.state, '', location.pathname);
}

/** The token of the link that opened this view; null where it had none. */
export const linkToken = (path: string): string | null => (taken?.path === path ? taken.token : null);

/** Hands a token on to another view, e.g. the right to set a password that undoing a change gave. */
export function passLinkToken(path: string, token: string): void {
  taken = { path, token };
}

/** Forgets it, once it was used. */
export function forgetLinkToken(): void {
  taken = null;
}
