import { secondFactorPolicy } from '../attempt/attempt-policy.js';
import { secondFactorBucket } from '../attempt/buckets.js';
import { spendAttempt } from '../attempt/spend-attempt.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';

/**
 * Pays for one look at an authenticator code, whatever asks for it: one counter for the whole account.
 *
 * @returns whether the code may be looked at; not while the counter is locked
 */
export async function payForTotp(context: RuleContext, accountId: string): Promise<boolean> {
  const spent = await spendAttempt(context, secondFactorBucket(accountId), secondFactorPolicy);
  if (spent.allowed && spent.locks)
    await recordEvent(context.em, context, { type: 'ATTEMPTS_LOCKED', outcome: 'REFUSED', accountId, actorId: null });
  return spent.allowed;
}
