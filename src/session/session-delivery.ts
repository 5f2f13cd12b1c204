/** How the session reaches the client: an HttpOnly cookie, or a bearer token in the answer; never both. */
export type SessionDelivery = 'COOKIE' | 'BEARER';
