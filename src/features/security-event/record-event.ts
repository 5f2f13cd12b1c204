import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { securityEvents } from '../../telemetry/account-metrics.js';
import { toMicros, signEvent } from './event-digest.js';
import { insertEvents } from './event-outbox.js';
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
export const recordEvent = (context: EventContext, newEvent: NewEvent): Promise<void> =>
  recordEvents(context, [newEvent], newEvent.webhookId);

/** Records several events as `recordEvent` does, in one statement. */
export async function recordEvents(
  context: EventContext,
  newEvents: readonly NewEvent[],
  webhookId: string | null = null,
): Promise<void> {
  if (newEvents.length === 0) return;
  const rows = newEvents.map((newEvent) => toRow(context, newEvent));
  await insertEvents(context.em, rows, webhookId);
  for (const { id, type, outcome, account_id: accountId, detail } of rows) {
    securityEvents.inc({ type, outcome });
    await context.mail.notify(context.em, { id, type, accountId, detail });
  }
}

/** The row of an event, with its signature. */
function toRow({ caller, now, keys }: EventContext, newEvent: NewEvent) {
  const { outcome = 'SUCCESS', accountId, sessionId = null, actorId = accountId, type } = newEvent;
  const { reason = null, detail = null } = newEvent;
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
  return {
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
}
