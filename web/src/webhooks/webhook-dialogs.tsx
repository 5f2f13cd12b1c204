import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { areEqual } from '../keys/changes.js';
import { GraceField } from '../keys/grace-field.js';
import { useWebhookMessages } from './messages.js';
import { NewWebhookSecret } from './new-webhook-secret.js';
import { DeleteWebhook, nameOf, RotateWebhookSecret, UpdateWebhook, type ListedWebhook } from './webhook-documents.js';
import { useWebhookForm, WebhookFields } from './webhook-fields.js';

/** The actions on a webhook that open a dialog. */
export type WebhookDialogName = 'edit' | 'rotate' | 'switch' | 'delete';

interface WebhookDialogProps {
  readonly webhook: ListedWebhook;
  readonly onClose: () => void;
}

/** Changes the settings of a webhook. */
export function EditWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { form, saved } = useWebhookMessages();
  const announce = useAnnounce();
  const update = useAction(UpdateWebhook);
  const { userErrors, submit } = useWebhookForm(update.userErrors, async ({ url, description, eventTypes }) => {
    const changes = {
      ...(url === webhook.url ? {} : { url }),
      ...(description === webhook.description ? {} : { description }),
      ...(areEqual(eventTypes, webhook.eventTypes) ? {} : { eventTypes: [...eventTypes] }),
    };
    if (Object.keys(changes).length > 0 && !(await update.run({ input: { id: webhook.id, ...changes } }))) return;
    announce(saved);
    onClose();
  });
  return (
    <Dialog title={form.editTitle} onClose={onClose} isWide>
      <Form action={{ ...update, userErrors }} onSubmit={submit} submitLabel={form.save} onCancel={onClose}>
        <WebhookFields settings={webhook} />
      </Form>
    </Dialog>
  );
}

/** Replaces the secret of a webhook and shows the new one once. */
export function RotateWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { rotation } = useWebhookMessages();
  const rotate = useAction(RotateWebhookSecret);
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async (form: FormValues) => {
    const payload = await rotate.run({ input: { id: webhook.id, graceHours: Number(form.text('graceHours')) } });
    setSecret(payload?.secret ?? null);
  };
  if (secret !== null) return <NewWebhookSecret secret={secret} onSaved={onClose} />;
  return (
    <Dialog title={rotation.title} onClose={onClose} preventClose={rotate.isPending}>
      <WebhookName webhook={webhook} />
      <p>{rotation.explanation}</p>
      <Form action={rotate} onSubmit={submit} submitLabel={rotation.submit} onCancel={onClose}>
        <GraceField label={rotation.grace} />
      </Form>
    </Dialog>
  );
}

/** Turns a webhook off if it is on, and on otherwise. */
export function SwitchWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { turningOff, turningOn, actions } = useWebhookMessages();
  const announce = useAnnounce();
  const update = useAction(UpdateWebhook, ['WebhookDelivery']);
  const isOn = webhook.status === 'ACTIVE';
  const messages = isOn ? turningOff : turningOn;
  const submit = async () => {
    if (!(await update.run({ input: { id: webhook.id, status: isOn ? 'DISABLED' : 'ACTIVE' } }))) return;
    announce(messages.done);
    onClose();
  };
  return (
    <Dialog title={messages.title} onClose={onClose}>
      <WebhookName webhook={webhook} />
      <p>{messages.explanation}</p>
      <Form
        action={update}
        onSubmit={submit}
        submitLabel={isOn ? actions.turnOff : actions.turnOn}
        tone={isOn ? 'danger' : 'main'}
        onCancel={onClose}
      />
    </Dialog>
  );
}

/** Deletes a webhook, and leads back to the list. */
export function DeleteWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { deletion } = useWebhookMessages();
  const [, navigate] = useLocation();
  const announce = useAnnounce();
  const remove = useAction(DeleteWebhook, ['Webhook']);
  const submit = async () => {
    if (!(await remove.run({ input: { id: webhook.id } }))) return;
    announce(deletion.done);
    navigate('/administration/webhooks');
  };
  return (
    <Dialog title={deletion.title} onClose={onClose}>
      <WebhookName webhook={webhook} />
      <p>{deletion.explanation}</p>
      <Form action={remove} onSubmit={submit} submitLabel={deletion.submit} tone="danger" onCancel={onClose} />
    </Dialog>
  );
}

function WebhookName({ webhook }: { readonly webhook: ListedWebhook }) {
  return (
    <p className="webhook-name">
      <strong>
        <bdi>{nameOf(webhook)}</bdi>
      </strong>
    </p>
  );
}
