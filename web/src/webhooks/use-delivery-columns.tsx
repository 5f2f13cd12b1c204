import { Button } from '../elements/button.js';
import type { Column } from '../elements/table.js';
import { Timestamp } from '../elements/timestamp.js';
import type { WebhookDeliveryStatus } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { useWebhookMessages } from './messages.js';
import type { Delivery } from './webhook-documents.js';

const tones = { PENDING: 'warning', DELIVERED: 'good', FAILED: 'danger' } satisfies Record<
  WebhookDeliveryStatus,
  string
>;

/**
 * The columns of the list of deliveries.
 *
 * @param onSendAgain null if nothing can be sent
 */
export function useDeliveryColumns(onSendAgain: ((id: string) => void) | null): Column<Delivery>[] {
  const { deliveries: messages } = useWebhookMessages();
  const { events } = useProfileMessages();
  const { punctuation } = useMessages();
  const { number, dateTime } = useFormats();
  const { columns } = messages;
  const actions: Column<Delivery> = {
    name: 'actions',
    title: columns.actions,
    cell: ({ id, eventType, at }) => (
      <Button
        className="small"
        aria-label={punctuation.labeled(messages.sendAgain, `${events.types[eventType]}, ${dateTime(at)}`)}
        onClick={() => onSendAgain?.(id)}
      >
        {messages.sendAgain}
      </Button>
    ),
  };
  return [
    {
      name: 'name',
      title: columns.event,
      cell: ({ eventType, eventId }) => (
        <span className="row-main">
          <strong>{events.types[eventType]}</strong>
          <code className="hint">{eventId}</code>
        </span>
      ),
    },
    { name: 'at', title: columns.at, cell: ({ at }) => <Timestamp at={at} as="dateTime" /> },
    {
      name: 'status',
      title: columns.status,
      cell: ({ status }) => <span className={`badge ${tones[status]}`}>{messages.statuses[status]}</span>,
    },
    { name: 'attempts', title: columns.attempts, isNumber: true, cell: ({ attempts }) => number(attempts) },
    { name: 'response', title: columns.response, isNumber: true, cell: ({ responseStatus }) => responseStatus ?? '–' },
    {
      name: 'next',
      title: columns.next,
      cell: ({ nextAttemptAt }) => (nextAttemptAt ? <Timestamp at={nextAttemptAt} as="until" /> : '–'),
    },
    ...(onSendAgain ? [actions] : []),
  ];
}
