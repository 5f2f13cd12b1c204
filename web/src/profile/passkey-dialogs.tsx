import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { signalDeletedPasskey } from '../session/passkey-signals.js';
import { useFactorChange } from '../session/use-factor-change.js';
import { useProof } from '../session/use-proof.js';
import { useSession } from '../session/viewer.js';
import type { ProfilePasskey } from './my-profile.js';
import { useProfileMessages } from './messages.js';

const RenamePasskey = graphql(`
  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } userErrors { code field message } } }
`);

const DeletePasskey = graphql(`
  mutation DeletePasskey($input: DeletePasskeyInput!) { deletePasskey(input: $input) { deletedPasskeyId userErrors { code field message } } }
`);

/** The server's limit for a name (in characters). */
const MAX_NAME_LENGTH = 64;

interface PasskeyDialogProps {
  readonly passkey: Pick<ProfilePasskey, 'id' | 'name'>;
  readonly onClose: () => void;
}

/** Renames a passkey; also names a new one. */
export function RenamePasskeyDialog({
  passkey: { id, name },
  isNew,
  onClose,
}: PasskeyDialogProps & { isNew?: boolean }) {
  const { passkeys: messages } = useProfileMessages();
  const { actions } = useMessages();
  const announce = useAnnounce();
  const rename = useAction(RenamePasskey, ['Passkey']);
  const submit = async (form: FormValues) => {
    const newName = form.text('name');
    if (newName !== name && !(await rename.run({ input: { id, name: newName } }))) return;
    announce(isNew ? messages.added : messages.renamed);
    onClose();
  };
  return (
    <Dialog title={isNew ? messages.nameTitle : messages.renameTitle} onClose={onClose}>
      {isNew && <p>{messages.nameExplanation}</p>}
      <Form
        action={rename}
        onSubmit={submit}
        submitLabel={isNew ? actions.done : messages.save}
        {...(isNew ? {} : { onCancel: onClose })}
      >
        <Field
          name="name"
          label={messages.name}
          hint={messages.nameHint}
          defaultValue={name}
          maxLength={MAX_NAME_LENGTH}
          autoComplete="off"
          autoFocus
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </Form>
    </Dialog>
  );
}

interface DeletePasskeyDialogProps {
  readonly passkey: Pick<ProfilePasskey, 'id' | 'name' | 'credentialId'>;
  readonly isLastFactor: boolean;
  readonly onClose: () => void;
}

/** Deletes a passkey. The server asks for a proof if it is the last second factor. */
export function DeletePasskeyDialog({
  passkey: { id, name, credentialId },
  isLastFactor,
  onClose,
}: DeletePasskeyDialogProps) {
  const { passkeys: messages } = useProfileMessages();
  const { policy } = useSession();
  const announce = useAnnounce();
  const remove = useFactorChange(DeletePasskey, ['Passkey', 'Session', 'TwoFactor', 'User', 'SecurityFinding']);
  const proof = useProof(remove.action, remove);
  const submit = async (form: FormValues) => {
    const input = await proof.read(form);
    if (!input || !(await remove.run({ input: { id, ...input } }))) return;
    signalDeletedPasskey(policy, credentialId);
    onClose();
    announce(messages.deleted(isLastFactor));
  };
  return (
    <Dialog title={messages.deleteTitle(name)} onClose={onClose} preventClose={proof.action.isPending}>
      <p>{isLastFactor ? messages.deleteLastExplanation : messages.deleteExplanation}</p>
      <Form
        action={proof.action}
        onSubmit={submit}
        submitLabel={messages.deleteSubmit}
        tone="danger"
        onCancel={onClose}
      >
        {proof.fields}
      </Form>
    </Dialog>
  );
}
