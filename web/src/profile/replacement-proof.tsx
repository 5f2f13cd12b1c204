import type { EnableTwoFactorInput } from '../generated/graphql.js';
import { Dialog } from '../elements/dialog.js';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor } from '../form/factor.js';
import { Form, type FormAction } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { PasswordField } from '../form/password-field.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from './messages.js';

interface ReplacementProofProps {
  readonly action: FormAction;
  /** Whether the session was not opened with a backup code, which would count as the factor. */
  readonly needsFactor: boolean;
  readonly onSubmit: (input: EnableTwoFactorInput) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the password and a second factor, which replacing the app needs. */
export function ReplacementProof({ action, needsFactor, onSubmit, onClose }: ReplacementProofProps) {
  const { fields } = useMessages();
  const { twoFactor: messages } = useProfileMessages();
  const submit = (form: FormValues) =>
    onSubmit({ password: form.text('password'), factor: needsFactor ? getSecondFactor(form) : null });
  return (
    <Dialog title={messages.replace} onClose={onClose} preventClose={action.isPending}>
      <p>{needsFactor ? messages.replaceProof : messages.replaceProofLost}</p>
      <Form action={action} onSubmit={submit} submitLabel={messages.replaceContinue} onCancel={onClose}>
        <PasswordField name="password" label={fields.password} autoComplete="current-password" autoFocus />
        {needsFactor && <FactorField />}
      </Form>
    </Dialog>
  );
}
