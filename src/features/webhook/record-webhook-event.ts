import type { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';

/** Who manages webhooks: a ROOT in a session, or an operator with access to the machine. */
export type WebhookManager = SessionViewer | typeof noAuthority;

/** What managing a webhook needs. */
export type ManagementContext = EventContext & Pick<RuleContext, 'config' | 'resolveName'>;

/** Records what happened to a webhook; its ID is the detail. */
export async function recordWebhookEvent(
  context: EventContext,
  manager: WebhookManager,
  event: {
    readonly type: Extract<SecurityEventType, `WEBHOOK_${string}`>;
    readonly id: string;
    /** Whether only this webhook gets the event. */
    readonly isTest?: boolean;
  },
): Promise<void> {
  const { type, id, isTest = false } = event;
  const actor = manager.credential === 'SESSION' ? manager : { accountId: null, sessionId: null };
  await recordEvent(context, {
    type,
    accountId: actor.accountId,
    sessionId: actor.sessionId,
    detail: toGlobalId('Webhook', id),
    webhookId: isTest ? id : null,
  });
}
