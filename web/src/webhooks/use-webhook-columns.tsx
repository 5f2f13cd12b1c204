import { Link } from 'wouter';
import type { Column } from '../elements/table.js';
import { Timestamp } from '../elements/timestamp.js';
import { useProfileMessages } from '../profile/messages.js';
import { useWebhookMessages } from './messages.js';
import { nameOf, pathOf, type ListedWebhook } from './webhook-documents.js';
import { WebhookStatusBadge } from './webhook-status-badge.js';

/** How many event types the list names. */
const NAMED_TYPES = 3;

/** The columns of the list of webhooks. */
export function useWebhookColumns(): Column<ListedWebhook>[] {
  const messages = useWebhookMessages();
  const { events } = useProfileMessages();
  const { columns } = messages;
  const describe = (names: readonly string[]): string => {
    const first = messages.list(names.slice(0, NAMED_TYPES));
    return names.length > NAMED_TYPES ? messages.more(first, names.length - NAMED_TYPES) : first;
  };
  return [
    {
      name: 'name',
      title: columns.name,
      cell: (webhook) => (
        <span className="row-main">
          <Link href={pathOf(webhook.id)}>
            <bdi>{nameOf(webhook)}</bdi>
          </Link>
          {webhook.description && <small>{webhook.url}</small>}
        </span>
      ),
    },
    {
      name: 'events',
      title: columns.events,
      cell: ({ eventTypes }) =>
        eventTypes.length === 0 ? messages.allEvents : describe(eventTypes.map((type) => events.types[type])),
    },
    {
      name: 'status',
      title: columns.status,
      cell: ({ status }) => (
        <span className="row-main">
          <span>
            <WebhookStatusBadge status={status} />
          </span>
          {status === 'FAILING' && <small>{messages.failing.short}</small>}
        </span>
      ),
    },
    { name: 'created', title: columns.created, cell: ({ createdAt }) => <Timestamp at={createdAt} as="date" /> },
  ];
}
