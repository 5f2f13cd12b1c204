import { sql } from 'kysely';
import { matchTotp } from '../../crypto/totp.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { openTotpSecret } from './totp-secret.js';
import { TwoFactorEnrolmentEntity } from './two-factor-enrolment.entity.js';

/** Wrong codes after which an enrolment is dead. */
const ENROLMENT_ATTEMPTS = 5;

/** An enrolment whose app has shown the right code. */
export interface ProvenEnrolment {
  readonly id: string;
  readonly secret: Buffer;
  /** The time step of the code, which is used up with it. */
  readonly step: number;
}

/**
 * Looks at the first code of a new app, with the secret that this session was given last and while it is valid; null
 * where the code does not hold.
 */
export async function proveEnrolment(
  context: RuleContext,
  viewer: Viewer,
  code: string,
): Promise<ProvenEnrolment | null> {
  const { accountId: id, sessionId } = viewer;
  const pending = await payForEnrolment(context, viewer);
  const secret = pending
    ? await openTotpSecret(context, 'two_factor_enrolments', { id, sessionId }, pending.sealed)
    : null;
  if (!pending || !secret) return null;
  const step = await matchTotp({ secret, code, now: context.now, lastStep: null });
  return step === null ? null : { id: pending.id, secret, step };
}

/** Pays for one look before it is taken, in one statement that finds nothing where there is none left. */
const payForEnrolment = ({ em, now }: RuleContext, { accountId, sessionId, authVersion }: Viewer) =>
  em
    .getKysely<Tables>()
    .updateTable('two_factor_enrolments')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('account_id', '=', accountId)
    .where('session_id', '=', sessionId)
    .where('auth_version', '=', authVersion)
    .where('expires_at', '>', now)
    .where('attempts', '<', ENROLMENT_ATTEMPTS)
    .returning(['id', 'secret_ciphertext as sealed'])
    .executeTakeFirst();

/** Takes an enrolment away, for the one who confirms it. @returns false where it was replaced or confirmed meanwhile */
export const takeEnrolment = async (em: EntityManager, accountId: string, id: string): Promise<boolean> =>
  (await em.nativeDelete(TwoFactorEnrolmentEntity, { account: accountId, id })) === 1;

/** Clears away enrolments that are past their end. */
export async function sweepEnrolments(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(TwoFactorEnrolmentEntity, { expiresAt: { $lte: now } });
}
