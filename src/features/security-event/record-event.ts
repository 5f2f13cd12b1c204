import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { microsOf, signEvent } from './event-digest.js';
import { SecurityEventEntity, type Outcome, type SecurityEventType } from './security-event.entity.js';

/** A security event that is to be recorded. */
export interface NewEvent {
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

/** What recording an event takes of a context. */
export type EventContext = Pick<RuleContext, 'em' | 'caller' | 'now' | 'mail' | 'keys'>;

/**
 * Records a security event, and queues the notice to its owner, if it calls for one. In the
 * context of a transaction both the change and its event are there, or neither is; a refusal is recorded outside of it.
 */
export async function recordEvent({ em, caller, now, mail, keys }: EventContext, newEvent: NewEvent): Promise<void> {
  const {
    outcome = 'SUCCESS',
    accountId,
    sessionId = null,
    actorId = accountId,
    type,
    reason = null,
    detail = null,
  } = newEvent;
  const id = newId(now);
  const { ip, userAgent, requestId } = caller;
  const event = { id, type, outcome, accountId, actorId, sessionId, ip, userAgent, requestId, reason, detail };
  await em.insert(SecurityEventEntity, {
    ...event,
    at: now,
    mac: signEvent(keys, { ...event, atMicros: microsOf(now) }),
  });
  await mail.notify(em, { id, type, accountId });
}
