import { encodeTotpSecret, newTotpSecret, otpauthUri } from '../../crypto/totp.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { startEnrolment } from './enrolment.js';
import { changeWithReplacementProof, type ReplacementProof } from './replacement-proof.js';

/** A new enrolment, whose secret can't be read again later. */
export interface StartedEnrolment {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly expiresAt: Date;
}

/**
 * Starts an enrolment with a new secret, replacing a pending one. The current app keeps working until the first code of
 * the new one confirms the enrolment. Nothing is proven while two-factor authentication is off.
 */
export async function enableTwoFactor(
  context: RuleContext,
  viewer: SessionViewer,
  proof: ReplacementProof,
): Promise<StartedEnrolment> {
  const secret = newTotpSecret();
  const expiresAt = await changeWithReplacementProof(context, viewer, proof, { needsPassword: false }, (context) =>
    storeEnrolment(context, viewer, secret),
  );
  const uri = otpauthUri({ issuer: context.config.twoFactorIssuer, account: viewer.username, secret });
  return { secret: encodeTotpSecret(secret), otpauthUri: uri, expiresAt };
}

async function storeEnrolment(context: RuleContext, viewer: SessionViewer, secret: Buffer): Promise<Date> {
  const { accountId, sessionId } = viewer;
  const expiresAt = await startEnrolment(context, viewer, secret);
  await recordEvent(context, { type: 'TWO_FACTOR_STARTED', accountId, sessionId });
  return expiresAt;
}
