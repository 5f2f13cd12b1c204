import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { splitEntries } from '../form/area-field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import {
  CreateCallKey,
  DeleteCallKeys,
  EndCallKeyGrace,
  RotateCallKey,
  UpdateCallKey,
  type CallKey,
} from './call-keys.js';
import { getChanges, getLimit, getPeriodQuota } from './changes.js';
import { GraceField } from './grace-field.js';
import { KeyFields } from './key-fields.js';
import { getExpiry } from './lifetime.js';
import { useKeysMessages } from './messages.js';

interface NewSecretProps {
  readonly onClose: () => void;
  /** Receives the secret, which the server returns only once. */
  readonly onSecret: (key: string) => void;
}

interface KeyDialogProps {
  readonly callKey: CallKey;
  readonly onClose: () => void;
}

/** Creates a key. */
export function CreateKeyDialog({ onClose, onSecret }: NewSecretProps) {
  const { form: messages, create } = useKeysMessages();
  const createKey = useAction(CreateCallKey, ['CallKey']);
  const submit = async (form: FormValues) => {
    const quota = form.text('quota');
    const payload = await createKey.run({
      input: {
        name: form.text('name'),
        expiresAt: getExpiry(form),
        models: splitEntries(form.text('models')),
        allowedIps: splitEntries(form.text('allowedIps')),
        quota: quota === '' ? null : quota,
        ...getPeriodQuota(form),
        requestsPerMinuteLimit: getLimit(form, 'requestsPerMinuteLimit'),
        tokensPerMinuteLimit: getLimit(form, 'tokensPerMinuteLimit'),
      },
    });
    if (payload?.key) onSecret(payload.key);
  };
  return (
    <Dialog title={messages.createTitle} onClose={onClose} preventClose={createKey.isPending} isWide>
      <Form action={createKey} onSubmit={submit} submitLabel={create} onCancel={onClose}>
        <KeyFields />
      </Form>
    </Dialog>
  );
}

/** Edits a key. */
export function EditKeyDialog({ callKey, onClose }: KeyDialogProps) {
  const { form: messages, done } = useKeysMessages();
  const announce = useAnnounce();
  const update = useAction(UpdateCallKey);
  const submit = async (form: FormValues) => {
    if (!(await update.run({ input: { id: callKey.id, ...getChanges(form, callKey) } }))) return;
    announce(done.saved);
    onClose();
  };
  return (
    <Dialog title={messages.editTitle(callKey.name)} onClose={onClose} isWide>
      <Form action={update} onSubmit={submit} submitLabel={messages.save} onCancel={onClose}>
        <KeyFields callKey={callKey} />
      </Form>
    </Dialog>
  );
}

/** Replaces the secret of a key. */
export function RotateKeyDialog({ callKey, onClose, onSecret }: KeyDialogProps & NewSecretProps) {
  const { rotation } = useKeysMessages();
  const rotate = useAction(RotateCallKey);
  const submit = async (form: FormValues) => {
    const payload = await rotate.run({ input: { id: callKey.id, graceHours: Number(form.text('graceHours')) } });
    if (payload?.key) onSecret(payload.key);
  };
  return (
    <Dialog title={rotation.title(callKey.name)} onClose={onClose} preventClose={rotate.isPending}>
      <p>{rotation.explanation}</p>
      <Form action={rotate} onSubmit={submit} submitLabel={rotation.submit} onCancel={onClose}>
        <GraceField label={rotation.grace} />
      </Form>
    </Dialog>
  );
}

/** Ends the grace period of a key's old secret. */
export function EndGraceDialog({ callKey, onClose }: KeyDialogProps) {
  const { graceEnd } = useKeysMessages();
  const announce = useAnnounce();
  const end = useAction(EndCallKeyGrace);
  const submit = async () => {
    if (!(await end.run({ input: { id: callKey.id } }))) return;
    announce(graceEnd.done);
    onClose();
  };
  return (
    <Dialog title={graceEnd.title} onClose={onClose}>
      <p>{graceEnd.explanation(callKey.name)}</p>
      <Form action={end} onSubmit={submit} submitLabel={graceEnd.submit} tone="danger" onCancel={onClose} />
    </Dialog>
  );
}

interface DeleteKeysDialogProps {
  readonly callKeys: readonly CallKey[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes keys after listing them. */
export function DeleteKeysDialog({ callKeys, onClose, onDeleted }: DeleteKeysDialogProps) {
  const { deletion } = useKeysMessages();
  const announce = useAnnounce();
  const remove = useAction(DeleteCallKeys, ['CallKey']);
  const submit = async () => {
    const payload = await remove.run({ input: { ids: callKeys.map(({ id }) => id) } });
    if (!payload) return;
    announce(deletion.done(payload.deletedIds?.length ?? 0));
    onDeleted();
  };
  return (
    <Dialog title={deletion.title(callKeys.length)} onClose={onClose}>
      <p>{deletion.explanation(callKeys.length)}</p>
      <ul className="named">
        {callKeys.map(({ id, name, hint }) => (
          <li key={id}>
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            <code>{hint}</code>
          </li>
        ))}
      </ul>
      <Form action={remove} onSubmit={submit} submitLabel={deletion.submit} tone="danger" onCancel={onClose} />
    </Dialog>
  );
}
