import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import { openPasskeyChallenge } from '../passkey/challenges.js';
import { requestOptions } from '../passkey/passkey-options.js';
import { ensurePasskeysOffered } from '../passkey/relying-party.js';

/**
 * Opens a challenge to sign in with any passkey that the browser finds. It names no account and costs one insert
 * (R-109).
 *
 * @throws {RateLimitedError} after too many from one IP address
 */
export async function startPasskeyLogin(context: RuleContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  ensurePasskeysOffered(context);
  await context.rateLimits.take('passkeyStart', context.caller.ip);
  const challenge = await openPasskeyChallenge(context, { purpose: 'SIGN_IN', account: null, boundTo: null });
  return requestOptions(context, challenge, { passkeys: [], isOnlyProof: true });
}
