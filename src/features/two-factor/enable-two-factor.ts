import { encodeTotpSecret, newTotpSecret, otpauthUri } from '../../crypto/totp.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { startEnrolment } from './enrolment.js';

/** A new enrolment, whose secret can't be read again later. */
export interface StartedEnrolment {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly expiresAt: Date;
}

/**
 * Starts an enrolment with a new secret, replacing a pending one. The current app keeps working until the first code of
 * the new one confirms the enrolment.
 */
export async function enableTwoFactor(context: RuleContext, viewer: SessionViewer): Promise<StartedEnrolment> {
  const { accountId, sessionId, username } = viewer;
  const secret = newTotpSecret();
  const expiresAt = await transaction(context, viewer, async (context) => {
    const end = await startEnrolment(context, viewer, secret);
    await recordEvent(context, { type: 'TWO_FACTOR_STARTED', accountId, sessionId });
    return end;
  });
  const uri = otpauthUri({ issuer: context.config.twoFactorIssuer, account: username, secret });
  return { secret: encodeTotpSecret(secret), otpauthUri: uri, expiresAt };
}
