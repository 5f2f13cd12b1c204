import { useState } from 'react';
import { DetailItem } from '../administration/detail-item.js';
import { Button } from '../elements/button.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Timestamp } from '../elements/timestamp.js';
import { useProfileMessages } from '../profile/messages.js';
import { useWebhookMessages } from './messages.js';
import {
  DeleteWebhookDialog,
  EditWebhookDialog,
  RotateWebhookDialog,
  SwitchWebhookDialog,
  type WebhookDialogName,
} from './webhook-dialogs.js';
import type { ListedWebhook } from './webhook-documents.js';
import { WebhookStatusBadge } from './webhook-status-badge.js';

/** The settings of a webhook, what its status means, and the actions on it. */
export function WebhookSection({ webhook }: { readonly webhook: ListedWebhook }) {
  const { view, failing } = useWebhookMessages();
  const [open, setOpen] = useState<WebhookDialogName | null>(null);
  return (
    <Section id="settings" level={2} title={view.settings} headerExtra={<WebhookStatusBadge status={webhook.status} />}>
      {webhook.status === 'FAILING' && (
        <div className="section-start">
          <Notice tone="warning">
            <p>{failing.explanation}</p>
            <p>{failing.whatToDo}</p>
          </Notice>
        </div>
      )}
      <WebhookFacts webhook={webhook} />
      <WebhookActions webhook={webhook} onOpen={setOpen} />
      {open && <WebhookDialog name={open} webhook={webhook} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function WebhookFacts({ webhook: { url, description, eventTypes, createdAt } }: { readonly webhook: ListedWebhook }) {
  const messages = useWebhookMessages();
  const { events } = useProfileMessages();
  const { view } = messages;
  return (
    <dl className="facts webhook-facts">
      <DetailItem name={view.url}>{url}</DetailItem>
      <DetailItem name={view.description}>{description || view.none}</DetailItem>
      <DetailItem name={view.events}>
        {eventTypes.length === 0 ? messages.allEvents : messages.list(eventTypes.map((type) => events.types[type]))}
      </DetailItem>
      <DetailItem name={view.created}>
        <Timestamp at={createdAt} as="date" />
      </DetailItem>
    </dl>
  );
}

interface WebhookActionsProps {
  readonly webhook: ListedWebhook;
  readonly onOpen: (dialog: WebhookDialogName) => void;
}

function WebhookActions({ webhook: { status }, onOpen }: WebhookActionsProps) {
  const { actions, view } = useWebhookMessages();
  return (
    <div className="buttons" role="group" aria-label={view.actions}>
      <Button className="small" onClick={() => onOpen('edit')}>
        {actions.edit}
      </Button>
      <Button className="small" onClick={() => onOpen('rotate')}>
        {actions.rotate}
      </Button>
      <Button className="small" onClick={() => onOpen('switch')}>
        {status === 'ACTIVE' ? actions.turnOff : actions.turnOn}
      </Button>
      <Button className="small dangerous" onClick={() => onOpen('delete')}>
        {actions.delete}
      </Button>
    </div>
  );
}

interface WebhookDialogProps {
  readonly name: WebhookDialogName;
  readonly webhook: ListedWebhook;
  readonly onClose: () => void;
}

function WebhookDialog({ name, ...props }: WebhookDialogProps) {
  switch (name) {
    case 'edit':
      return <EditWebhookDialog {...props} />;
    case 'rotate':
      return <RotateWebhookDialog {...props} />;
    case 'switch':
      return <SwitchWebhookDialog {...props} />;
    case 'delete':
      return <DeleteWebhookDialog {...props} />;
  }
}
