import type { Locale } from '../text/locale.js';
import type { AuthenticationMethod } from './authentication-method.js';
import type { Role } from './role.js';
import type { ServiceScope } from './service-scope.js';
import type { TokenScope } from './token-scope.js';

/** The kinds of credentials. */
export type Credential = 'SESSION' | 'API_TOKEN';

/** How the client of a session sends its token: as a cookie, or as a bearer token. */
export type SessionDelivery = 'COOKIE' | 'BEARER';

/** The account columns that are read on each request, whatever its credential. */
interface ViewerAccount {
  readonly accountId: string;
  readonly username: string;
  readonly role: Role;
  readonly status: 'ACTIVE' | 'DISABLED' | 'DELETED';
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
  readonly email: string | null;
  readonly locale: Locale | null;
  readonly authVersion: number;
  readonly twoFactorEnabledAt: Date | null;
  /** The SHA-256 of the request's token. */
  readonly tokenHash: string;
}

/** A viewer who authenticated with a session. */
export interface SessionViewer extends ViewerAccount {
  readonly credential: 'SESSION';
  readonly sessionId: string;
  readonly steppedUpAt: Date;
  /** How the user verified their identity in this session, e.g. PASSWORD and TOTP. */
  readonly factors: readonly string[];
  /** The authentication methods of these factors (RFC 8176). */
  readonly methods: readonly AuthenticationMethod[];
  /** The trusted browser that replaced the second factor when the session was opened. */
  readonly trustedBrowserId: string | null;
  readonly signedInAt: Date;
  readonly lastSeenAt: Date;
  /** The end of its lifetime, which use doesn't extend. */
  readonly expiresAt: Date;
  /** When the session ends unless it is used again: its lifetime or idle timeout, as last recorded. */
  readonly endsAt: Date;
  readonly delivery: SessionDelivery;
}

/** A viewer who authenticated with the API token or an access token, and so has no session (D-7). */
export interface ApiTokenViewer extends ViewerAccount {
  readonly credential: 'API_TOKEN';
  readonly lastUsedAt: Date | null;
  /** The access token; null for the API token. */
  readonly accessTokenId: string | null;
  /** What the token may do. The token of a SERVICE account has no scopes. */
  readonly scopes: readonly TokenScope[];
  /** What the token of a SERVICE account may do. Other tokens have none. */
  readonly serviceScopes: readonly ServiceScope[];
  /** When the token was created. */
  readonly issuedAt: Date;
  /** When the token expires; null for the API token. */
  readonly expiresAt: Date | null;
}

/** The authenticated user of a request. */
export type Viewer = SessionViewer | ApiTokenViewer;
