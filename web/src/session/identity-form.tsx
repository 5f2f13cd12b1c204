import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import type { Confirmation } from './step-up.js';
import { getFactorKind, useProof } from './use-proof.js';
import { useSession } from './viewer.js';

const ConfirmIdentity = graphql(`
  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }
  }
`);

interface IdentityFormProps {
  /** Called with null if the user canceled. */
  readonly onFinish: (confirmation: Confirmation | null) => void;
}

/** Asks the signed-in user to confirm their identity. */
export function IdentityForm({ onFinish }: IdentityFormProps) {
  const messages = useMessages();
  const { viewer } = useSession();
  const confirm = useAction(ConfirmIdentity, ['Session']);
  const [isFactorRequested, action] = useRequestedProof(confirm, 'SECOND_FACTOR_REQUIRED');
  const needsFactor = viewer?.twoFactor?.enabled === true || isFactorRequested;
  const proof = useProof(action, { needsPassword: true, needsFactor });
  const submit = async (form: FormValues) => {
    const input = await proof.read(form);
    if (!input || !(await confirm.run({ input }))) return;
    onFinish({ password: input.password ?? null, factor: getFactorKind(input.factor) });
  };
  return (
    <>
      <p>{proof.isPasskeyAlone ? messages.stepUp.passkeyExplanation : messages.stepUp.explanation}</p>
      <Form
        action={proof.action}
        onSubmit={submit}
        submitLabel={proof.isPasskeyAlone ? messages.passkeys.use : messages.stepUp.confirm}
        onCancel={() => onFinish(null)}
      >
        <input type="text" name="username" autoComplete="username" value={viewer?.username ?? ''} readOnly hidden />
        {proof.fields}
      </Form>
    </>
  );
}
