import { verifyRegistrationResponse } from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { takePasskeyChallenge } from './challenges.js';
import { supportedAlgorithms } from './relying-party.js';
import { parseClientData, registrationShape } from './response-shape.js';
import { isSupportedKey } from './supported-key.js';

/** A new passkey as its authenticator reported it. */
export interface VerifiedRegistration {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly aaguid: string;
  readonly transports: readonly string[];
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly userVerified: boolean;
  /** Whether it can sign in alone: discoverable, and with user verification. */
  readonly signsIn: boolean;
}

/**
 * Verifies a registration. It consumes the challenge, right or wrong, so call it outside of a
 * transaction.
 *
 * @param response a RegistrationResponseJSON, unchecked
 * @returns null if it is wrong, or not of this session and its `authVersion`
 */
export async function verifyRegistration(
  context: RuleContext,
  { accountId, sessionId, authVersion }: SessionViewer,
  response: unknown,
): Promise<VerifiedRegistration | null> {
  const { data: registration } = registrationShape.safeParse(response);
  const clientData = parseClientData(response);
  const use = { purpose: 'REGISTER', boundTo: sessionId } as const;
  const taken = clientData ? await takePasskeyChallenge(context, clientData.challenge, use) : null;
  if (!registration || !clientData || clientData.isFramed) return null;
  if (taken?.accountId !== accountId || taken.authVersion !== authVersion) return null;
  const { passkeys } = context.config;
  const { registrationInfo: info } = await verifyRegistrationResponse({
    response: registration,
    expectedChallenge: clientData.challenge,
    expectedOrigin: passkeys.origins,
    expectedRPID: passkeys.rpId,
    requireUserVerification: false,
    supportedAlgorithmIDs: supportedAlgorithms,
  }).catch(() => ({ registrationInfo: null }));
  if (!info || info.credential.id !== registration.id || !isSupportedKey(info.credential.publicKey)) return null;
  return {
    credentialId: info.credential.id,
    publicKey: info.credential.publicKey,
    counter: info.credential.counter,
    aaguid: info.aaguid,
    transports: registration.response.transports,
    backupEligible: info.credentialDeviceType === 'multiDevice',
    backedUp: info.credentialBackedUp,
    userVerified: info.userVerified,
    signsIn: isDiscoverable(registration.clientExtensionResults) && info.userVerified,
  };
}

/** Whether the authenticator keeps the passkey itself (credProps, WebAuthn Level 3, section 10.1.3). */
const isDiscoverable = ({ credProps }: Readonly<Record<string, unknown>>): boolean =>
  typeof credProps === 'object' && credProps !== null && 'rk' in credProps && credProps.rk === true;
