import { useEffect } from 'react';
import { hasWebauthn } from '../form/has-webauthn.js';
import { useSession, type ServerPolicy } from './viewer.js';

/** The methods that tell a browser about passkeys (WebAuthn Level 3, section 5.1.10). Not all browsers have them. */
type Signals = Pick<
  typeof PublicKeyCredential,
  'signalUnknownCredential' | 'signalCurrentUserDetails' | 'signalAllAcceptedCredentials'
>;

/** Sends a signal where the browser can receive it. It only tidies up its list of passkeys, so a failure is no news. */
async function send(signal: (browser: Partial<Signals>) => Promise<void> | undefined): Promise<void> {
  if (!hasWebauthn()) return;
  await Promise.resolve(signal(PublicKeyCredential)).catch(() => undefined);
}

/** Tells the browser that a passkey was deleted. */
export const signalDeletedPasskey = ({ passkeyRpId: rpId }: ServerPolicy, credentialId: string): void =>
  void send((browser) => browser.signalUnknownCredential?.({ rpId, credentialId }));

/**
 * Tells the browser the name of the account, and which passkeys it has: after each sign-in, and whenever they change.
 * The passkeys may have been changed in another browser.
 */
export function usePasskeySignals(): void {
  const { viewer, policy } = useSession();
  const rpId = policy.passkeyRpId;
  const userId = policy.passkeys ? viewer?.passkeyUserId : null;
  const name = viewer?.username;
  const credentialIds = viewer?.passkeys?.map(({ credentialId }) => credentialId).join(' ');
  useEffect(() => {
    if (!userId || name === undefined) return;
    void send((browser) => browser.signalCurrentUserDetails?.({ rpId, userId, name, displayName: name }));
  }, [rpId, userId, name]);
  useEffect(() => {
    if (!userId || credentialIds === undefined) return;
    const allAcceptedCredentialIds = credentialIds.split(' ').filter(Boolean);
    void send((browser) => browser.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds }));
  }, [rpId, userId, credentialIds]);
}
