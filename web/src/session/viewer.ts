import { createContext, use } from 'react';
import { graphql } from '../api/graphql.js';
import type { ViewerQuery } from '../generated/graphql.js';

/** Who is signed in, and the rules of this place. */
export const Viewer = graphql(`
  query Viewer {
    me { id username role locale twoFactor { enabled } }
    policy { registration passwordMinLength passwordAdvice twoFactorRequiredFor }
  }
`);

export type ViewerOfPage = NonNullable<ViewerQuery['me']>;
export type PolicyOfPlace = ViewerQuery['policy'];

/** What every view knows of the session. */
export interface Session {
  /** Null for who has not signed in. */
  readonly viewer: ViewerOfPage | null;
  readonly policy: PolicyOfPlace;
  /** Whether somebody was signed in here whose session is over. */
  readonly hasEnded: boolean;
  /**
   * Takes note of a sign-in or a sign-out, here and in the other tabs of this browser: everything that was read is
   * forgotten.
   */
  readonly changed: () => void;
}

export const SessionContext = createContext<Session | null>(null);

/** The session of this page. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session around this.');
  return session;
}

/** Who is signed in, for views that nobody else sees. */
export function useViewer(): ViewerOfPage {
  const { viewer } = useSession();
  if (!viewer) throw new Error('Nobody is signed in.');
  return viewer;
}
