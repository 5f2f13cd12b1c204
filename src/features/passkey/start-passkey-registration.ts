import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeWithReplacementProof, type ReplacementProof } from '../two-factor/replacement-proof.js';
import { openPasskeyChallenge } from './challenges.js';
import { findPasskeysOfAccounts } from './find-passkeys.js';
import { creationOptions } from './passkey-options.js';
import { ensurePasskeysOffered } from './relying-party.js';
import { findOrCreateUserHandle } from './user-handle.js';

/** Maximum number of passkeys of an account. */
export const MAXIMUM_PASSKEYS = 20;

/**
 * Starts the registration of a passkey. It needs what replacing an app needs; the password also while two-factor
 * authentication is off (D-2). The options are valid in this session only.
 */
export async function startPasskeyRegistration(
  context: RuleContext,
  viewer: SessionViewer,
  proof: ReplacementProof,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  ensurePasskeysOffered(context);
  const { accountId, sessionId, username, authVersion } = viewer;
  const passkeys = await findPasskeysOfAccounts(context.reader, { accountIds: [accountId] });
  if (passkeys.length >= MAXIMUM_PASSKEYS) refuse('PASSKEY_LIMIT');
  const { challenge, handle } = await changeWithReplacementProof(
    context,
    viewer,
    proof,
    { needsPassword: true },
    async (context) => ({
      handle: await findOrCreateUserHandle(context, accountId),
      challenge: await openPasskeyChallenge(context, {
        purpose: 'REGISTER',
        account: { id: accountId, authVersion },
        boundTo: sessionId,
      }),
    }),
  );
  return creationOptions(context, challenge, { username, handle, passkeys });
}
