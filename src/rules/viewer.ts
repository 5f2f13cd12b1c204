import type { Locale } from '../text/locale.js';
import type { Role } from './role.js';

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
  readonly locale: Locale;
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
  readonly lastSeenAt: Date;
  readonly delivery: SessionDelivery;
}

/** A viewer who authenticated with an API token, and so has no session. */
export interface ApiTokenViewer extends ViewerAccount {
  readonly credential: 'API_TOKEN';
  readonly lastUsedAt: Date | null;
}

/** The authenticated user of a request. */
export type Viewer = SessionViewer | ApiTokenViewer;
