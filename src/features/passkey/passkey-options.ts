import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import { CHALLENGE_LIFETIME_MS } from './challenges.js';
import type { PasskeyRow } from './find-passkeys.js';
import { supportedAlgorithms } from './relying-party.js';

const toBytes = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));

const toDescriptors = (passkeys: readonly PasskeyRow[]) =>
  passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports }));

/** The user of a new passkey. */
interface RegisteringUser {
  readonly username: string;
  readonly handle: string;
  /** The passkeys of the account, which the authenticator must not replace. */
  readonly passkeys: readonly PasskeyRow[];
}

/** The options of a registration, for `navigator.credentials.create`. */
export const creationOptions = (
  { config: { passkeys: relyingParty } }: Pick<RuleContext, 'config'>,
  challenge: string,
  { username, handle, passkeys }: RegisteringUser,
): Promise<PublicKeyCredentialCreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: relyingParty.rpName,
    rpID: relyingParty.rpId,
    userName: username,
    userDisplayName: username,
    userID: toBytes(handle),
    challenge: toBytes(challenge),
    timeout: CHALLENGE_LIFETIME_MS,
    attestationType: 'none',
    excludeCredentials: toDescriptors(passkeys),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    supportedAlgorithmIDs: supportedAlgorithms,
  });

/** What is asked of the authenticator. */
interface Request {
  /** The passkeys that may answer; empty if any that the browser finds may. */
  readonly passkeys: readonly PasskeyRow[];
  /** Whether the passkey is the only proof. */
  readonly isOnlyProof: boolean;
}

/** The options of a request, for `navigator.credentials.get`. */
export const requestOptions = (
  { config: { passkeys: relyingParty } }: Pick<RuleContext, 'config'>,
  challenge: string,
  { passkeys, isOnlyProof }: Request,
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: relyingParty.rpId,
    challenge: toBytes(challenge),
    timeout: CHALLENGE_LIFETIME_MS,
    allowCredentials: toDescriptors(passkeys),
    userVerification: isOnlyProof ? 'required' : 'preferred',
  });
