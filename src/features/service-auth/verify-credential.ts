import type { Config } from '../../config/config.js';
import { isToken, newToken } from '../../crypto/token.js';
import { addressOfNode } from '../../net/ip-address.js';
import type { RuleContext } from '../../rules/context.js';
import { isAdministrator, type Role } from '../../rules/role.js';
import { isAdminScope, type TokenScope } from '../../rules/token-scope.js';
import type { ApiTokenViewer, SessionViewer } from '../../rules/viewer.js';
import { findViewerByAccessToken } from '../access-token/find-viewer-by-access-token.js';
import { findViewerByApiToken } from '../api-token/find-viewer-by-api-token.js';
import { authenticatedAt } from '../session/authenticated-at.js';
import { findViewerBySession } from '../session/find-viewer-by-session.js';
import type { Factor } from '../session/session.entity.js';
import { effectiveRole } from './effective-role.js';

/** The kinds of credentials that Postern verifies for other services. */
export type CredentialKind = 'SESSION' | 'API_TOKEN' | 'ACCESS_TOKEN';

/** A credential that a service got from a client. */
export interface PresentedCredential {
  readonly credential: string;
  /** The address that presented it, for access tokens that are limited to addresses; null if the service has none. */
  readonly ip: string | null;
}

/** Whose a credential is. */
export interface Owner {
  readonly accountId: string;
  readonly username: string;
  /** When the credential was created. */
  readonly issuedAt: Date;
}

/** How the user of a session signed in, and the effective role by which a service decides (D-10). */
export interface SignIn {
  readonly session: SessionViewer;
  readonly role: Role;
  readonly authenticatedAt: Date;
}

/** A valid session. */
export interface VerifiedSession extends Owner, SignIn {
  readonly kind: 'SESSION';
  /** What the user verified. A trusted browser that replaced the second factor adds none. */
  readonly factors: readonly Factor[];
  /** The end of its lifetime. A session that isn't used ends earlier. */
  readonly expiresAt: Date;
}

/** A valid token. It has no role: services decide by its scopes. */
export interface VerifiedToken extends Owner {
  readonly kind: 'API_TOKEN' | 'ACCESS_TOKEN';
  /** What the token may do now, for the role and second-factor duty of its owner. */
  readonly scopes: readonly TokenScope[];
  /** Null for the API token, which doesn't expire. */
  readonly expiresAt: Date | null;
}

/** What a service learns about a valid credential. */
export type VerifiedCredential = VerifiedSession | VerifiedToken;

/** Describes the sign-in of a session. */
export const toSignIn = (session: SessionViewer, config: Config): SignIn => ({
  session,
  role: effectiveRole(session, config),
  authenticatedAt: authenticatedAt(session),
});

/** Has the form of a session token and was never issued. */
const UNKNOWN_TOKEN = newToken('session');

/**
 * Verifies a credential for another service of the platform: a session token, which can be a cookie's value, an API
 * token or an access token. Null for everything else, also for tokens of SERVICE accounts. One statement, also
 * for text that is no token, so that time tells nothing. Counts as no use of the credential.
 */
export async function verifyCredential(
  { reader, keys, config, now }: Pick<RuleContext, 'reader' | 'keys' | 'config' | 'now'>,
  { credential, ip }: PresentedCredential,
): Promise<VerifiedCredential | null> {
  if (isToken('apiToken', credential)) return toToken(await findViewerByApiToken(reader, keys, credential), config);
  if (isToken('accessToken', credential)) {
    const caller = { ip: addressOfNode(ip), now };
    return toToken(await findViewerByAccessToken(reader, credential, caller), config);
  }
  const token = isToken('session', credential) ? credential : UNKNOWN_TOKEN;
  return toSession(await findViewerBySession(reader, token, 'BEARER', now), config);
}

function toSession(session: SessionViewer | null, config: Config): VerifiedSession | null {
  if (session === null) return null;
  const { accountId, username, factors, signedInAt: issuedAt, expiresAt } = session;
  return {
    kind: 'SESSION',
    accountId,
    username,
    ...toSignIn(session, config),
    factors: factors as Factor[],
    issuedAt,
    expiresAt,
  };
}

function toToken(viewer: ApiTokenViewer | null, config: Config): VerifiedToken | null {
  if (viewer === null || viewer.role === 'SERVICE') return null;
  const { accountId, username, accessTokenId, scopes, issuedAt, expiresAt } = viewer;
  const administers = isAdministrator(effectiveRole(viewer, config));
  return {
    kind: accessTokenId === null ? 'API_TOKEN' : 'ACCESS_TOKEN',
    accountId,
    username,
    scopes: scopes.filter((scope) => administers || !isAdminScope(scope)),
    issuedAt,
    expiresAt,
  };
}
