import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { noAuthority, type Authority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { FactorOwner } from '../two-factor/second-factor.js';
import { openPasskeyChallenge } from './challenges.js';
import { findPasskeysOfAccounts } from './find-passkeys.js';
import { challengeUseOf } from './passkey-factor.js';
import { requestOptions } from './passkey-options.js';

/**
 * Opens a challenge for a passkey as a factor of an account. In a session, the passkey may be the only proof, so the
 * authenticator is asked to verify the user.
 *
 * @returns the options for the browser; null if the account has no passkey
 */
export async function openFactorOptions(
  context: RuleContext,
  owner: FactorOwner & { readonly authVersion: number },
  authority: Authority = noAuthority,
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const passkeys = await findPasskeysOfAccounts(context.reader, { accountIds: [owner.id] });
  if (passkeys.length === 0) return null;
  const use = challengeUseOf(owner);
  const challenge = await transaction(context, authority, (context) =>
    openPasskeyChallenge(context, { ...use, account: owner }),
  );
  return requestOptions(context, challenge, { passkeys, isOnlyProof: use.purpose === 'CONFIRM' });
}
