import { createContext, use } from 'react';
import { graphql } from '../api/graphql.js';
import type { ViewerQuery } from '../generated/graphql.js';

/** The signed-in user and the server's policy. */
export const Viewer = graphql(`
  query Viewer {
    me { id username role locale twoFactor { enabled } }
    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor }
  }
`);

export type CurrentUser = NonNullable<ViewerQuery['me']>;
export type ServerPolicy = ViewerQuery['policy'];

/** The session, as every view sees it. */
export interface Session {
  /** The signed-in user; null if there is none. */
  readonly viewer: CurrentUser | null;
  readonly policy: ServerPolicy;
  /** Whether the user was signed out without signing out here. */
  readonly hasEnded: boolean;
  /** Starts over with an empty cache after a sign-in or a sign-out, in every tab of this browser. */
  readonly restartSession: () => void;
}

export const SessionContext = createContext<Session | null>(null);

/** The current session. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider.');
  return session;
}

/** The signed-in user, in views that exist only for one. */
export function useViewer(): CurrentUser {
  const { viewer } = useSession();
  if (!viewer) throw new Error('No user is signed in.');
  return viewer;
}
