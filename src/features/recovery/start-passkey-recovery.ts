import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { openFactorOptions } from '../passkey/open-factor-options.js';
import { findReset } from './find-reset.js';

/** Opens a challenge for a passkey as the second factor of a password reset. The reset token stays valid. */
export async function startPasskeyRecovery(
  context: RuleContext,
  token: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { accountId, authVersion, tokenHash } = (await findReset(context, token)) ?? refuse('INVALID_TOKEN', 'token');
  const owner = { id: accountId, authVersion, isRecovery: true, proofId: tokenHash };
  return (await openFactorOptions(context, owner)) ?? refuse('PASSKEY_NOT_SET');
}
