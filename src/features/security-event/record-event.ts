import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { toMicros, signEvent } from './event-digest.js';
import { SecurityEventEntity, type Outcome, type SecurityEventType } from './security-event.entity.js';

/** A security event to record. */
export interface NewEvent {
  readonly type: SecurityEventType;
  readonly outcome?: Outcome;
  readonly accountId: string | null;
  readonly sessionId?: string | null;
  /** Who acted, if not the account's owner. */
  readonly actorId?: string | null;
  /** An administrator's reason. */
  readonly reason?: string | null;
  /** The new value, e.g. `DISABLED`, if the type doesn't say it. */
  readonly detail?: string | null;
}

export type EventContext = Pick<RuleContext, 'em' | 'caller' | 'now' | 'mail' | 'keys'>;

/**
 * Records a security event and queues the notice to the account's owner, if there is one. Call it in the
 * transaction of a change, so that both commit or neither, but record a refusal outside of the transaction.
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
    mac: signEvent(keys, { ...event, atMicros: toMicros(now) }),
  });
  await mail.notify(em, { id, type, accountId });
}
