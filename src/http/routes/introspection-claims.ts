import type { Config } from '../../config/config.js';
import { authenticationMethods } from '../../features/service-auth/authentication-methods.js';
import { toNumericDate } from '../../features/service-auth/identity-claims.js';
import type { VerifiedCredential } from '../../features/service-auth/verify-credential.js';
import type { VerifiedIdentityToken } from '../../features/service-auth/verify-identity-token.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { Role } from '../../rules/role.js';

/** The claims of a valid token (RFC 7662, section 2.2). Times are in seconds since 1970. */
interface ActiveToken {
  readonly active: true;
  readonly token_type: 'Bearer';
  /** The kind of the credential, which is no standard claim. */
  readonly postern_kind: 'session' | 'api_token' | 'access_token' | 'identity_token';
  /** The ID of the user, as in the API. */
  readonly sub: string;
  readonly username: string;
  /** The service that an identity token is for. */
  readonly aud?: string;
  /** The effective role of a session's user (D-10). API tokens and access tokens have scopes instead. */
  readonly role?: Role;
  readonly scope?: string;
  readonly amr?: readonly string[];
  readonly auth_time?: number;
  readonly exp?: number;
  readonly iat: number;
  readonly iss: string;
}

/** What introspection answers: of an invalid token only that it is invalid. */
type Introspection = ActiveToken | { readonly active: false };

const kinds = {
  SESSION: 'session',
  API_TOKEN: 'api_token',
  ACCESS_TOKEN: 'access_token',
  IDENTITY_TOKEN: 'identity_token',
} as const;

/** Maps the result of a verification. */
export function toIntrospection(
  verified: VerifiedCredential | VerifiedIdentityToken | null,
  config: Pick<Config, 'publicUrl'>,
): Introspection {
  if (verified === null) return { active: false };
  const { kind, accountId, username, issuedAt, expiresAt } = verified;
  return {
    active: true,
    token_type: 'Bearer',
    postern_kind: kinds[kind],
    sub: toGlobalId('User', accountId),
    username,
    ...(verified.kind === 'IDENTITY_TOKEN' ? { aud: verified.audience } : {}),
    ...('session' in verified
      ? {
          role: verified.role,
          amr: authenticationMethods(verified.session),
          auth_time: toNumericDate(verified.authenticatedAt),
        }
      : { scope: verified.scopes.join(' ') }),
    ...(expiresAt ? { exp: toNumericDate(expiresAt) } : {}),
    iat: toNumericDate(issuedAt),
    iss: config.publicUrl,
  };
}
