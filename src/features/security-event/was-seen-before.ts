import type { RuleContext } from '../../rules/context.js';
import { SecurityEventEntity } from './security-event.entity.js';

/**
 * Whether the account was used before from this address with this user agent, to recognize programs, which have no
 * device cookie.
 */
export async function wasSeenBefore(
  { em, caller: { ip, userAgent } }: RuleContext,
  accountId: string,
): Promise<boolean> {
  const event = await em.findOne(
    SecurityEventEntity,
    { accountId, type: { $in: ['REGISTERED', 'SETUP_COMPLETED', 'LOGIN_SUCCEEDED'] }, ip, userAgent },
    { fields: ['id'], disableIdentityMap: true },
  );
  return event !== null;
}
