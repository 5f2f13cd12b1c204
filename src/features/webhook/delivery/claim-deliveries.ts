import { sql } from 'kysely';
import { seconds } from '../../../duration.js';
import { select, type Reader, type Tables } from '../../../database/read/select.js';
import type { RuleContext } from '../../../rules/context.js';

/** How long a process may take for an attempt until others try it too: the process may have died. */
const LEASE_MS = seconds(30);

/** A delivery that this process is to attempt, with its event and its receiver. */
export type ClaimedDelivery = Awaited<ReturnType<typeof claimDeliveries>>[number];

const waitingWebhooks = select('waiting_webhooks', (db, { now }: { now: Date }) =>
  db
    .selectFrom('webhooks')
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('webhook_deliveries')
          .whereRef('webhook_deliveries.webhook_id', '=', 'webhooks.id')
          .where('webhook_deliveries.status', '=', 'PENDING')
          .orderBy('webhook_deliveries.next_attempt_at')
          .limit(sql<number>`1`)
          .select('webhook_deliveries.next_attempt_at as due_at')
          .as('earliest'),
      (join) => join.onTrue(),
    )
    .where(({ or, eb }) => or([eb('webhooks.status', '<>', 'ACTIVE'), eb('earliest.due_at', '<=', now)]))
    .select(['webhooks.id', 'webhooks.status']),
);

/** What a process has to do for webhooks now. */
export interface WaitingWork {
  /** The active webhooks that have something to be sent. */
  readonly due: readonly string[];
  /** Whether something waits for a webhook that is off. */
  readonly hasEnded: boolean;
}

/** Finds what is to be done with one read, which touches one index entry of each webhook. */
export async function findWaitingWork(reader: Reader, now: Date): Promise<WaitingWork> {
  const webhooks = await waitingWebhooks(reader, { now });
  return {
    due: webhooks.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id),
    hasEnded: webhooks.some(({ status }) => status !== 'ACTIVE'),
  };
}

/**
 * Claims deliveries of an active webhook that are due, the longest waiting first. One statement claims and counts the
 * attempt, so each is attempted by one process; deliveries that others are claiming are skipped.
 */
export const claimDeliveries = ({ em, now }: Pick<RuleContext, 'em' | 'now'>, webhookId: string, atMost: number) =>
  em
    .getKysely<Tables>()
    .with('due', (db) =>
      db
        .selectFrom('webhook_deliveries')
        .where('webhook_id', '=', webhookId)
        .where('status', '=', 'PENDING')
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .limit(atMost)
        .select('id')
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('webhook_deliveries')
    .from(['due', 'webhooks', 'security_events'])
    .set(({ eb }) => ({
      attempts: eb('webhook_deliveries.attempts', '+', 1),
      next_attempt_at: new Date(now.getTime() + LEASE_MS),
    }))
    .whereRef('webhook_deliveries.id', '=', 'due.id')
    .whereRef('webhooks.id', '=', 'webhook_deliveries.webhook_id')
    .where('webhooks.status', '=', 'ACTIVE')
    .whereRef('security_events.id', '=', 'webhook_deliveries.event_id')
    .returning([
      'webhook_deliveries.id',
      'webhook_deliveries.webhook_id as webhookId',
      'webhook_deliveries.attempts',
      'webhooks.url',
      'webhooks.failing_since as failingSince',
      'security_events.id as eventId',
      'security_events.type',
      'security_events.at',
      'security_events.outcome',
      'security_events.account_id as accountId',
      'security_events.actor_id as actorId',
      'security_events.session_id as sessionId',
      'security_events.access_token_id as accessTokenId',
      'security_events.reason',
      'security_events.ip',
      'security_events.user_agent as userAgent',
      'security_events.request_id as requestId',
    ])
    .execute();
