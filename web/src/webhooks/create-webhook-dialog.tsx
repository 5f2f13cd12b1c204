import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAction } from '../api/use-action.js';
import { Dialog } from '../elements/dialog.js';
import { Form } from '../form/form.js';
import { useWebhookMessages } from './messages.js';
import { NewWebhookSecret } from './new-webhook-secret.js';
import { CreateWebhook, pathOf } from './webhook-documents.js';
import { useWebhookForm, WebhookFields } from './webhook-fields.js';

interface CreatedWebhook {
  readonly id: string;
  readonly secret: string;
}

/** Creates a webhook and shows its secret once. Then leads to the webhook, where it can be tested. */
export function CreateWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const { form, create: submitLabel } = useWebhookMessages();
  const [, navigate] = useLocation();
  const create = useAction(CreateWebhook, ['Webhook']);
  const [created, setCreated] = useState<CreatedWebhook | null>(null);
  const { userErrors, submit } = useWebhookForm(create.userErrors, async ({ url, description, eventTypes }) => {
    const payload = await create.run({ input: { url, description, eventTypes: [...eventTypes] } });
    if (payload?.secret && payload.webhook) setCreated({ id: payload.webhook.id, secret: payload.secret });
  });
  if (created)
    return (
      <NewWebhookSecret
        secret={created.secret}
        onSaved={() => {
          onClose();
          navigate(pathOf(created.id));
        }}
      />
    );
  return (
    <Dialog title={form.createTitle} onClose={onClose} preventClose={create.isPending} isWide>
      <Form action={{ ...create, userErrors }} onSubmit={submit} submitLabel={submitLabel} onCancel={onClose}>
        <WebhookFields />
      </Form>
    </Dialog>
  );
}
