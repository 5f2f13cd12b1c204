import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Provider, useQuery } from 'urql';
import { createClient } from '../api/client.js';
import { failureOf } from '../api/failure.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Loading } from '../elements/loading.js';
import { useLanguage } from '../language/language.js';
import { StepUpProvider } from './step-up-provider.js';
import { SessionContext, Viewer } from './viewer.js';

/** Tells the other tabs of this browser that somebody signed in or out. */
const tabs = new BroadcastChannel('postern-session');

/**
 * Gives everything inside a client and a session, both new whenever somebody signs in or out, wherever in this browser.
 */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [generation, setGeneration] = useState({ number: 0, hasEnded: false });
  const isSignedIn = useRef(false);

  const renew = useCallback((hasEnded: boolean) => {
    isSignedIn.current = false;
    setGeneration(({ number }) => ({ number: number + 1, hasEnded }));
  }, []);
  const changed = useCallback(() => {
    renew(false);
    tabs.postMessage('changed');
  }, [renew]);
  const seen = useCallback((signedIn: boolean) => {
    isSignedIn.current = signedIn;
  }, []);
  useEffect(() => {
    const listen = () => renew(isSignedIn.current);
    tabs.addEventListener('message', listen);
    return () => tabs.removeEventListener('message', listen);
  }, [renew]);

  const nobody = useCallback(() => {
    if (isSignedIn.current) renew(true);
  }, [renew]);
  return (
    <OneSession
      key={generation.number}
      hasEnded={generation.hasEnded}
      changed={changed}
      onSeen={seen}
      onNobody={nobody}
    >
      {children}
    </OneSession>
  );
}

interface OneSessionProps {
  readonly hasEnded: boolean;
  readonly changed: () => void;
  readonly onSeen: (signedIn: boolean) => void;
  readonly onNobody: () => void;
  readonly children: ReactNode;
}

/** One session, or none, with a client of its own. */
function OneSession({ onNobody, ...session }: OneSessionProps) {
  const { language } = useLanguage();
  const client = useMemo(() => createClient({ language, onNobody }), [language, onNobody]);
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

/**
 * What is known of the session. It is looked for again whenever its tab is looked at, and outlives a network that
 * fails.
 */
function CurrentSession({ hasEnded, changed, onSeen, children }: Omit<OneSessionProps, 'onNobody'>) {
  const [{ data, error, fetching }, read] = useQuery({ query: Viewer });
  const [known, setKnown] = useState(data);
  if (data && data !== known) setKnown(data);
  useEffect(() => {
    if (known) onSeen(known.me !== null);
  }, [known, onSeen]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') read({ requestPolicy: 'network-only' });
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [read]);

  // A view that still has to come leaves what is shown where it is: React would keep a second sign of loading for 300
  // ms.
  const shown = useDeferredValue(known);
  const session = useMemo(() => {
    const viewer = shown?.me ?? null;
    return shown ? { viewer, policy: shown.policy, hasEnded: hasEnded && !viewer, changed } : null;
  }, [shown, hasEnded, changed]);
  if (session)
    return (
      <SessionContext value={session}>
        <StepUpProvider>{children}</StepUpProvider>
      </SessionContext>
    );
  if (error && !fetching)
    return (
      <main className="alone">
        <FailureNotice failure={failureOf(error)} onRetry={() => read({ requestPolicy: 'network-only' })} />
      </main>
    );
  return (
    <main className="alone">
      <Loading />
    </main>
  );
}
