import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { microsOf, signEvent } from './event-digest.js';
import { SecurityEventEntity, type Outcome, type SecurityEventType } from './security-event.entity.js';

interface Happening {
  readonly type: SecurityEventType;
  readonly outcome?: Outcome;
  readonly accountId: string | null;
  readonly sessionId?: string | null;
  /** Who did it, where that is somebody else than the person. */
  readonly actorId?: string | null;
  /** An administrator's words. */
  readonly reason?: string | null;
  /** What something was set to, e.g. `DISABLED`, where the type alone does not tell. */
  readonly detail?: string | null;
}

/**
 * Records a security event, and queues the notice to its owner, if it calls for one. Pass the transaction
 * of the change that it tells of, so that both are there or neither is; a refusal is recorded with the request's own
 * unit of work.
 */
export async function recordEvent(
  em: EntityManager,
  { caller, now, mail, keys }: Pick<RuleContext, 'caller' | 'now' | 'mail' | 'keys'>,
  happening: Happening,
): Promise<void> {
  const {
    outcome = 'SUCCESS',
    accountId,
    sessionId = null,
    actorId = accountId,
    type,
    reason = null,
    detail = null,
  } = happening;
  const id = newId(now);
  const { ip, userAgent, requestId } = caller;
  const event = { id, type, outcome, accountId, actorId, sessionId, ip, userAgent, requestId, reason, detail };
  await em.insert(SecurityEventEntity, {
    ...event,
    at: now,
    mac: signEvent(keys, { ...event, atMicros: microsOf(now) }),
  });
  await mail.tell(em, { id, type, accountId });
}
