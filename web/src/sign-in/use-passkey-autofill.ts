import { useEffect, useEffectEvent, useState } from 'react';
import { askForPasskeyInField } from '../form/ask-for-passkey.js';
import { loadWebauthn } from '../form/has-webauthn.js';

/** How long the options are used: less than the server's five minutes, to leave time for the user's answer. */
const OPTIONS_LIFETIME_MS = 4 * 60_000;

interface PasskeyAutofill {
  readonly isOn: boolean;
  readonly getOptions: () => Promise<unknown>;
  readonly onAnswer: (response: object) => void;
}

/**
 * Lets the browser suggest passkeys in the field of the username (conditional UI), where it can. It is aborted when it
 * is turned off or the view is left, since a browser asks for one passkey at a time. The options are renewed while the
 * page is visible.
 */
export function usePasskeyAutofill({ isOn, getOptions, onAnswer }: PasskeyAutofill): void {
  const [round, setRound] = useState(0);
  const getFreshOptions = useEffectEvent(getOptions);
  const handleAnswer = useEffectEvent(onAnswer);
  useEffect(() => {
    if (!isOn) return undefined;
    const stop = new AbortController();
    const isStopped = () => stop.signal.aborted;
    const ask = async () => {
      const { browserSupportsWebAuthnAutofill } = await loadWebauthn();
      if (!(await browserSupportsWebAuthnAutofill())) return;
      const options = isStopped() ? null : await getFreshOptions();
      // The view may have been left in the meantime.
      if (isStopped() || !options) return;
      const { response } = await askForPasskeyInField(options);
      if (response && !isStopped()) handleAnswer(response);
    };
    void ask();
    const startedAt = Date.now();
    const renew = () => {
      if (document.visibilityState === 'visible' && Date.now() - startedAt >= OPTIONS_LIFETIME_MS)
        setRound((number) => number + 1);
    };
    const timer = setTimeout(renew, OPTIONS_LIFETIME_MS);
    document.addEventListener('visibilitychange', renew);
    return () => {
      stop.abort();
      void loadWebauthn().then(({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony());
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [isOn, round]);
}
