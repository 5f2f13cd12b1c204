/** Which claims about the user a service gets besides the ID. */
export interface DisclosedClaims {
  /** `email`, with `email_verified`. */
  readonly email: boolean;
  /** `preferred_username`. */
  readonly username: boolean;
}

const audience = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})(?::((?:email|username)(?:\+(?:email|username))*))?$/;

/**
 * Parses the services that accept identity tokens: `console`, or `billing:email+username` with claims.
 *
 * @returns the first faulty or repeated entry as a string
 */
export function parseIdentityAudiences(entries: readonly string[]): ReadonlyMap<string, DisclosedClaims> | string {
  const audiences = new Map<string, DisclosedClaims>();
  for (const entry of entries) {
    const [, name, claims = ''] = audience.exec(entry) ?? [];
    if (name === undefined || audiences.has(name)) return entry;
    const named = claims.split('+');
    audiences.set(name, { email: named.includes('email'), username: named.includes('username') });
  }
  return audiences;
}
