import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { securityEvents } from '../../telemetry/account-metrics.js';
import { toMicros, signEvent } from './event-digest.js';
import { insertEvent } from './event-outbox.js';
import type { Outcome, SecurityEventType } from './security-event.entity.js';

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
  /** The only webhook that gets it; otherwise each gets the types that it asked for. */
  readonly webhookId?: string | null;
}

export type EventContext = Pick<RuleContext, 'em' | 'caller' | 'now' | 'mail' | 'keys'>;

/**
 * Records a security event, for webhooks too, and queues the notice to the account's owner, if there is
 * one. Call it in the transaction of a change, so that both commit or neither; record a refusal outside of it.
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
    webhookId = null,
  } = newEvent;
  const id = newId(now);
  const { ip, userAgent, requestId, accessTokenId = null, traceId = null } = caller;
  const event = {
    id,
    type,
    outcome,
    accountId,
    actorId,
    sessionId,
    accessTokenId,
    ip,
    userAgent,
    requestId,
    traceId,
    reason,
    detail,
  };
  const row = {
    id,
    at: now,
    type,
    outcome,
    account_id: accountId,
    actor_id: actorId,
    session_id: sessionId,
    access_token_id: accessTokenId,
    ip,
    user_agent: userAgent,
    request_id: requestId,
    trace_id: traceId,
    reason,
    detail,
    mac: signEvent(keys, { ...event, atMicros: toMicros(now) }),
  };
  await insertEvent(em, row, webhookId);
  securityEvents.inc({ type, outcome });
  await mail.notify(em, { id, type, accountId, detail });
}
