import { createContext, use } from 'react';
import { graphql } from '../api/graphql.js';
import type { ViewerQuery } from '../generated/graphql.js';

/** The signed-in user and the server's policy. */
export const Viewer = graphql(`
  query Viewer {
    me { id username role locale twoFactor { enabled factors } passkeys { id signsIn credentialId } passkeyUserId }
    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor passkeys passkeyRpId trustedBrowserDays accessTokenMaxDays }
  }
`);

export type CurrentUser = NonNullable<ViewerQuery['me']>;
export type ServerPolicy = ViewerQuery['policy'];

/** The session that all views share. */
export interface Session {
  /** The signed-in user; null if there is none. */
  readonly viewer: CurrentUser | null;
  readonly policy: ServerPolicy;
  /** Whether the session ended although the user did not sign out in this tab. */
  readonly hasEnded: boolean;
  /** Call it after a sign-in or sign-out: all tabs of this browser query the session again, with an empty cache. */
  readonly restartSession: () => void;
}

export const SessionContext = createContext<Session | null>(null);

/** The current session. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider.');
  return session;
}

/** The signed-in user. Only for views that require one. */
export function useViewer(): CurrentUser {
  const { viewer } = useSession();
  if (!viewer) throw new Error('No user is signed in.');
  return viewer;
}
