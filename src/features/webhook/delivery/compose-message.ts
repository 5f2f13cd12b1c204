import { inSeconds } from '../../../duration.js';
import { signWebhook } from '../../../crypto/webhook-signature.js';
import { toGlobalId, type NodeType } from '../../../rules/global-id.js';
import { describeDevice } from '../../security-event/device.js';
import type { ClaimedDelivery } from './claim-deliveries.js';

/** The body and the headers of a message. */
export interface WebhookMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const idOf = (type: NodeType, uuid: string | null) => uuid && toGlobalId(type, uuid);

/**
 * What a receiver learns about an event: IDs, no names and no email addresses, besides the reason that an
 * administrator wrote. Fields are present if null.
 */
const composeBody = (event: ClaimedDelivery) => ({
  type: event.type,
  timestamp: event.at.toISOString(),
  data: {
    id: toGlobalId('SecurityEvent', event.eventId),
    at: event.at.toISOString(),
    outcome: event.outcome,
    userId: idOf('User', event.accountId),
    actorId: idOf('User', event.actorId),
    sessionId: idOf('Session', event.sessionId),
    accessTokenId: idOf('AccessToken', event.accessTokenId),
    reason: event.reason,
    ip: event.ip,
    device: describeDevice(event.userAgent),
    requestId: event.requestId,
  },
});

/**
 * Composes the message of a delivery, signed with each secret (Standard Webhooks; R-126). A further attempt has the
 * same `webhook-id` and body, and a new timestamp.
 */
export function composeMessage(delivery: ClaimedDelivery, secrets: readonly Buffer[], now: Date): WebhookMessage {
  const id = toGlobalId('SecurityEvent', delivery.eventId);
  const timestamp = Math.floor(inSeconds(now.getTime()));
  const body = JSON.stringify(composeBody(delivery));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Postern',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signWebhook(secrets, { id, timestamp, body }),
    },
  };
}
