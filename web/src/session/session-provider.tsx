import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Provider, useQuery } from 'urql';
import { createClient } from '../api/client.js';
import { toFailure } from '../api/failure.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Loading } from '../elements/loading.js';
import { useLanguage } from '../language/language.js';
import { SessionContext, Viewer } from './viewer.js';

/** Notifies other tabs of this browser of a sign-in or sign-out. */
const tabs = new BroadcastChannel('postern-session');

/** Provides a GraphQL client and a session. Both are recreated after every sign-in and sign-out in any tab. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [generation, setGeneration] = useState({ number: 0, hasEnded: false });
  const isSignedIn = useRef(false);

  const renew = useCallback((hasEnded: boolean) => {
    isSignedIn.current = false;
    setGeneration(({ number }) => ({ number: number + 1, hasEnded }));
  }, []);
  const restartSession = useCallback(() => {
    renew(false);
    tabs.postMessage('changed');
  }, [renew]);
  const handleLoaded = useCallback((signedIn: boolean) => {
    isSignedIn.current = signedIn;
  }, []);
  useEffect(() => {
    const listen = () => renew(isSignedIn.current);
    tabs.addEventListener('message', listen);
    return () => tabs.removeEventListener('message', listen);
  }, [renew]);

  const signedOut = useCallback(() => {
    if (isSignedIn.current) renew(true);
  }, [renew]);
  return (
    <SessionScope
      key={generation.number}
      hasEnded={generation.hasEnded}
      restartSession={restartSession}
      onLoaded={handleLoaded}
      onSignedOut={signedOut}
    >
      {children}
    </SessionScope>
  );
}

interface SessionScopeProps {
  readonly hasEnded: boolean;
  readonly restartSession: () => void;
  readonly onLoaded: (signedIn: boolean) => void;
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/** A session (or the signed-out state) with its own GraphQL client. */
function SessionScope({ onSignedOut, ...session }: SessionScopeProps) {
  const { language } = useLanguage();
  const client = useMemo(() => createClient({ language, onSignedOut }), [language, onSignedOut]);
  return (
    <Provider value={client}>
      <Suspense
        fallback={
          <main className="alone">
            <Loading />
          </main>
        }
      >
        <CurrentSession {...session} />
      </Suspense>
    </Provider>
  );
}

/** The list of passkeys may be empty, and then names no type. */
const context = { additionalTypenames: ['Passkey', 'TwoFactor'] };

/** Queries the session, also whenever the tab becomes visible. It is kept if the network fails. */
function CurrentSession({ hasEnded, restartSession, onLoaded, children }: Omit<SessionScopeProps, 'onSignedOut'>) {
  const [{ data, error, fetching }, reexecuteQuery] = useQuery({ query: Viewer, context });
  const [latest, setLatest] = useState(data);
  if (data && data !== latest) setLatest(data);
  useEffect(() => {
    if (latest) onLoaded(latest.me !== null);
  }, [latest, onLoaded]);
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') reexecuteQuery({ requestPolicy: 'network-only' });
    };
    document.addEventListener('visibilitychange', refresh);
    return () => document.removeEventListener('visibilitychange', refresh);
  }, [reexecuteQuery]);

  // Deferred, to keep the current view while the next one loads. Otherwise React would show a fallback for 300 ms.
  const displayedData = useDeferredValue(latest);
  const session = useMemo(() => {
    const viewer = displayedData?.me ?? null;
    return displayedData
      ? { viewer, policy: displayedData.policy, hasEnded: hasEnded && !viewer, restartSession }
      : null;
  }, [displayedData, hasEnded, restartSession]);
  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  if (error && !fetching)
    return (
      <main className="alone">
        <FailureNotice failure={toFailure(error)} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })} />
      </main>
    );
  return (
    <main className="alone">
      <Loading />
    </main>
  );
}
