import { verifyAuthenticationResponse, type VerifiedAuthenticationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { decryptFactor } from '../two-factor/decrypt-factor.js';
import { takePasskeyChallenge, type ChallengeUse } from './challenges.js';
import { assertionShape, parseClientData } from './response-shape.js';
import { parseSealedKey, publicKeyLocation } from './stored-public-key.js';
import { unknownPublicKey } from './unknown-public-key.js';

/** Whose answer is expected, and to which challenge. */
export interface ExpectedAssertion extends Pick<ChallengeUse, 'purpose' | 'boundTo'> {
  /** Null at a sign-in, where the passkey tells it. */
  readonly accountId: string | null;
  /** Whether the passkey is the only proof, so that the authenticator must have verified the user. */
  readonly isOnlyProof: boolean;
}

/** A passkey whose answer was right. It proves nothing until it is consumed. */
export interface VerifiedAssertion {
  readonly passkeyId: string;
  readonly accountId: string;
  readonly counter: number;
  readonly backedUp: boolean;
  readonly userVerified: boolean;
}

/** The result of a verification: the answer, or the account of the passkey that gave a wrong one, if it is known. */
export type AssertionOutcome =
  | { readonly verified: VerifiedAssertion; readonly accountId: string }
  | { readonly verified: null; readonly accountId: string | null };

const passkeyByCredential = select('passkey_by_credential', (db, { credentialId }: { credentialId: string }) =>
  db
    .selectFrom('passkeys')
    .innerJoin('passkey_users', 'passkey_users.account_id', 'passkeys.account_id')
    .where('passkeys.credential_id', '=', credentialId)
    .select([
      'passkeys.id',
      'passkeys.account_id as accountId',
      'passkeys.credential_id as credentialId',
      'passkeys.public_key_ciphertext as ciphertext',
      'passkeys.counter',
      'passkeys.backup_eligible as backupEligible',
      'passkey_users.handle',
    ]),
);

type StoredPasskey = Awaited<ReturnType<typeof passkeyByCredential>>[number];

/**
 * Verifies the answer of an authenticator. It consumes the challenge, right or wrong, so call it
 * outside of a transaction. An unknown passkey takes as long as a wrong signature.
 *
 * @param response an AuthenticationResponseJSON, unchecked
 */
export async function verifyAssertion(
  context: RuleContext,
  response: unknown,
  expected: ExpectedAssertion,
): Promise<AssertionOutcome> {
  const { data: assertion } = assertionShape.safeParse(response);
  const clientData = parseClientData(response);
  const taken = clientData ? await takePasskeyChallenge(context, clientData.challenge, expected) : null;
  if (!assertion || !clientData || !taken) return { verified: null, accountId: null };
  const [stored] = await passkeyByCredential(context.reader, { credentialId: assertion.id });
  const accountId = stored?.accountId ?? null;
  const publicKey = stored ? await decryptPublicKey(context, stored) : null;
  const { passkeys } = context.config;
  const result = await verifyAuthenticationResponse({
    response: withUserHandle(assertion),
    expectedChallenge: clientData.challenge,
    expectedOrigin: passkeys.origins,
    expectedRPID: passkeys.rpId,
    credential: {
      id: assertion.id,
      publicKey: publicKey ?? unknownPublicKey,
      counter: 0,
    },
    // The library would refuse these two before it verifies the signature: the time would tell known passkeys.
    requireUserVerification: false,
  }).catch(() => null);
  const isRight =
    stored !== undefined &&
    publicKey !== null &&
    result !== null &&
    result.verified &&
    (result.authenticationInfo.userVerified || !expected.isOnlyProof) &&
    isRising(result.authenticationInfo.newCounter, Number(stored.counter)) &&
    !clientData.isFramed &&
    (expected.accountId ?? stored.accountId) === stored.accountId &&
    isUserHandle(assertion.response.userHandle, stored, expected) &&
    (result.authenticationInfo.credentialDeviceType === 'multiDevice') === stored.backupEligible;
  return isRight
    ? { verified: toVerifiedAssertion(stored, result), accountId: stored.accountId }
    : { verified: null, accountId };
}

/** A counter rises with each use, unless the authenticator has none (WebAuthn Level 3, section 6.1.1; R-105). */
const isRising = (counter: number, stored: number): boolean => counter > stored || (counter === 0 && stored === 0);

/** Where the browser sends a user handle, it is the account's; a sign-in needs it. */
const isUserHandle = (
  handle: string | null | undefined,
  stored: Pick<StoredPasskey, 'handle'>,
  { accountId }: Pick<ExpectedAssertion, 'accountId'>,
): boolean => (handle == null ? accountId !== null : handle === stored.handle);

/** The library knows no null. */
const withUserHandle = ({ response: { userHandle, ...response }, ...assertion }: z.output<typeof assertionShape>) => ({
  ...assertion,
  response: { ...response, ...(userHandle == null ? {} : { userHandle }) },
});

/** The public key of a passkey; null if it can't be decrypted, which counts as a wrong answer. */
async function decryptPublicKey(context: RuleContext, stored: StoredPasskey): Promise<Uint8Array<ArrayBuffer> | null> {
  const sealed = await decryptFactor(
    context,
    { id: stored.accountId },
    publicKeyLocation(stored.id),
    stored.ciphertext,
  );
  return sealed && parseSealedKey(sealed, stored);
}

const toVerifiedAssertion = (
  { id, accountId }: StoredPasskey,
  { authenticationInfo: { newCounter, credentialBackedUp, userVerified } }: VerifiedAuthenticationResponse,
): VerifiedAssertion => ({
  passkeyId: id,
  accountId,
  counter: newCounter,
  backedUp: credentialBackedUp,
  userVerified,
});
