import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import { minutes } from '../../duration.js';
import { otpauthUri, encodeTotpSecret, newTotpSecret } from '../../crypto/totp.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { SessionOver } from '../session/session-over.js';
import type { Viewer } from '../../rules/viewer.js';
import { sealTotpSecret } from './totp-secret.js';
import { TwoFactorEnrolmentEntity } from './two-factor-enrolment.entity.js';

/** How long an enrolment waits for the first code (R-30; in ms). */
const ENROLMENT_LIFETIME_MS = minutes(10);

/** An enrolment as its owner gets it: its secret is shown only now. */
export interface StartedEnrolment {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly expiresAt: Date;
}

/**
 * Starts an enrolment with a new secret, in the place of one that was pending. It changes nothing yet: a factor that is
 * in use goes on working until the first code of the new app confirms it.
 *
 * @throws {SessionOver} where the session ended meanwhile, to which the enrolment would be bound
 */
export async function enableTwoFactor(context: RuleContext, viewer: Viewer): Promise<StartedEnrolment> {
  const { now, keys, config } = context;
  const { accountId, sessionId, authVersion, username } = viewer;
  const secret = newTotpSecret();
  const expiresAt = new Date(now.getTime() + ENROLMENT_LIFETIME_MS);
  await context.em.transactional(async (em) => {
    await em
      .upsert(TwoFactorEnrolmentEntity, {
        account: accountId,
        id: newId(now),
        session: sessionId,
        authVersion,
        attempts: 0,
        createdAt: now,
        expiresAt,
        secretCiphertext: sealTotpSecret(keys, 'two_factor_enrolments', accountId, secret),
      })
      .catch((error: unknown) => {
        if (error instanceof ForeignKeyConstraintViolationException) throw new SessionOver();
        throw error;
      });
    await recordEvent(em, context, { type: 'TWO_FACTOR_STARTED', accountId, sessionId });
  });
  return {
    secret: encodeTotpSecret(secret),
    otpauthUri: otpauthUri({ issuer: config.twoFactorIssuer, account: username, secret }),
    expiresAt,
  };
}
