import { inSeconds } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { AttemptEntity } from './attempt.entity.js';
import type { AttemptPolicy } from './attempt-policy.js';

/**
 * How long a place that refused an attempt stays locked (in seconds); the longest lock where it is frozen. It is told
 * only to who may know that there is a lock, and asked for only then: a refusal that tells nothing takes no
 * further query.
 */
export async function lockedFor(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  bucket: string,
  { longestLockSeconds }: AttemptPolicy,
): Promise<number> {
  const place = await em.fork().findOne(AttemptEntity, { bucket });
  const end = place?.lockedUntil ?? null;
  return end && end > now ? Math.ceil(inSeconds(end.getTime() - now.getTime())) : longestLockSeconds;
}
