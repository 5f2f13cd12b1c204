import { Dialog } from '../elements/dialog.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import type { FactorChange } from '../session/use-factor-change.js';
import { useProof, type ProofInput } from '../session/use-proof.js';
import { useProfileMessages } from './messages.js';

interface ReplacementProofProps {
  readonly title: string;
  readonly explanation: string;
  readonly change: Pick<FactorChange<unknown, unknown>, 'action' | 'confirmation'>;
  /** Whether the session was not opened with a backup code, which would count as the factor. */
  readonly needsFactor: boolean;
  readonly onSubmit: (input: ProofInput) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the password and a second factor, or a passkey alone, which adding or replacing a factor needs. */
export function ReplacementProof({
  title,
  explanation,
  change: { action, confirmation },
  needsFactor,
  onSubmit,
  onClose,
}: ReplacementProofProps) {
  const { twoFactor: messages } = useProfileMessages();
  const proof = useProof(action, { needsPassword: true, needsFactor, confirmation });
  const submit = async (form: FormValues) => {
    const input = await proof.read(form);
    return input && onSubmit(input);
  };
  return (
    <Dialog title={title} onClose={onClose} preventClose={proof.action.isPending}>
      {!confirmation && <p>{explanation}</p>}
      <Form action={proof.action} onSubmit={submit} submitLabel={messages.replaceContinue} onCancel={onClose}>
        {proof.fields}
      </Form>
    </Dialog>
  );
}
