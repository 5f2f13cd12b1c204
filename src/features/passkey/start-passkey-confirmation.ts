import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { openFactorOptions } from './open-factor-options.js';

/** Opens a challenge for a passkey of the viewer, to confirm a sensitive action in this session. */
export async function startPasskeyConfirmation(
  context: RuleContext,
  viewer: SessionViewer,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { accountId: id, sessionId, authVersion } = viewer;
  return (await openFactorOptions(context, { id, sessionId, authVersion }, viewer)) ?? refuse('PASSKEY_NOT_SET');
}
