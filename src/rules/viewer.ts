import type { Locale } from '../text/locale.js';
import type { Role } from './role.js';

/** How a caller can authenticate. */
export type Credential = 'SESSION' | 'API_TOKEN';

/** How the client of a session sends its token: as a cookie, or as a bearer token. */
export type SessionDelivery = 'COOKIE' | 'BEARER';

/** What is read of an account on each request, with any credential. */
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

/** The user of the session that a request came with. */
export interface SessionViewer extends ViewerAccount {
  readonly credential: 'SESSION';
  readonly sessionId: string;
  readonly steppedUpAt: Date;
  readonly lastSeenAt: Date;
  readonly delivery: SessionDelivery;
}

/**
 * The owner of the API token that a request came with. There is no session: code that needs one requires a `Viewer`.
 */
export interface ApiTokenViewer extends ViewerAccount {
  readonly credential: 'API_TOKEN';
  readonly lastUsedAt: Date | null;
}

/** The user of a request, by session or API token. */
export type Viewer = SessionViewer | ApiTokenViewer;
