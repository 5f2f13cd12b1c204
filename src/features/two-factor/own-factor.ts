import { backupCodePolicy, secondFactorPolicy, type AttemptPolicy } from '../attempt/attempt-policy.js';
import { backupCodeBucket, secondFactorBucket } from '../attempt/buckets.js';
import { giveBackAttempt } from '../attempt/give-back-attempt.js';
import { lockedFor } from '../attempt/locked-for.js';
import { RateLimited } from '../attempt/rate-limits.js';
import { spendAttempt } from '../attempt/spend-attempt.js';
import { HashingOverloaded } from '../../crypto/password-hash.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { proveSecondFactor, type ProvenFactor } from './prove-second-factor.js';
import { recordFailedFactor } from './record-failed-factor.js';
import type { SecondFactor } from './second-factor.js';
import { useUpFactor } from './use-up-factor.js';

const ownerOf = ({ accountId, sessionId }: Viewer) => ({ id: accountId, sessionId });

/**
 * Proves the second factor of the person at a session. Refuses with INVALID_CODE at the field that holds it.
 *
 * @throws {RateLimited} when too many were wrong
 */
export async function proveOwnFactor(
  context: RuleContext,
  viewer: Viewer,
  factor: SecondFactor,
  field: string,
): Promise<ProvenFactor> {
  if (factor.kind === 'BACKUP_CODE') await payForBackupCode(context, viewer.accountId);
  const outcome = await proveSecondFactor(context, ownerOf(viewer), factor).catch((error: unknown) =>
    giveBack(context, viewer.accountId, error),
  );
  if (outcome === 'LOCKED') await refuseWhileLocked(context, secondFactorBucket(viewer.accountId), secondFactorPolicy);
  if (typeof outcome === 'string') refuse('INVALID_CODE', field);
  return outcome;
}

/**
 * Makes a change with a proven factor, which is used up in the same transaction. Refuses where it was used meanwhile.
 */
export async function changeWithOwnFactor<Result>(
  context: RuleContext,
  viewer: Viewer,
  { factor, field }: { readonly factor: ProvenFactor; readonly field: string },
  change: (em: EntityManager) => Promise<Result>,
): Promise<Result> {
  const outcome = await context.em.transactional(async (em) =>
    (await useUpFactor(em, context, factor, viewer.sessionId)) ? { result: await change(em) } : null,
  );
  if (outcome) return outcome.result;
  await recordFailedFactor(context, ownerOf(viewer));
  return refuse('INVALID_CODE', field);
}

async function payForBackupCode(context: RuleContext, accountId: string): Promise<void> {
  const bucket = backupCodeBucket(accountId);
  const spent = await spendAttempt(context, bucket, backupCodePolicy);
  if (!spent.allowed) await refuseWhileLocked(context, bucket, backupCodePolicy);
}

async function refuseWhileLocked(context: RuleContext, bucket: string, policy: AttemptPolicy): Promise<never> {
  throw new RateLimited(await lockedFor(context, bucket, policy));
}

/** An overloaded server has not looked, and gives back what was paid for the look. */
async function giveBack(context: RuleContext, accountId: string, error: unknown): Promise<never> {
  if (error instanceof HashingOverloaded) await giveBackAttempt(context.em, backupCodeBucket(accountId));
  throw error;
}
