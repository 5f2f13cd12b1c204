import type { WebhookStatus } from '../generated/graphql.js';
import { useWebhookMessages } from './messages.js';

const tones = { ACTIVE: 'good', DISABLED: '', FAILING: 'danger' } satisfies Record<WebhookStatus, string>;

/** The status of a webhook. */
export function WebhookStatusBadge({ status }: { readonly status: WebhookStatus }) {
  const { statuses } = useWebhookMessages();
  return <span className={`badge ${tones[status]}`}>{statuses[status]}</span>;
}
