import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { FactorOwner } from './second-factor.js';

/** Records that a second factor did not hold: outside of any transaction that its failure rolls back. */
export const recordFailedFactor = (context: RuleContext, { id, sessionId = null }: FactorOwner): Promise<void> =>
  recordEvent(context.em, context, {
    type: 'SECOND_FACTOR_FAILED',
    outcome: 'REFUSED',
    accountId: id,
    actorId: sessionId && id,
    sessionId,
  });
