import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Dialog } from '../elements/dialog.js';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { StepUpContext } from './step-up.js';
import { useSession } from './viewer.js';

const ConfirmIdentity = graphql(`
  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }
  }
`);

type Resolve = (isConfirmed: boolean) => void;

/** Provides the step-up dialog, which opens when an action needs it. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [pending, setPending] = useState<Resolve | null>(null);
  const confirmIdentity = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        setPending((previous: Resolve | null) => {
          previous?.(false);
          return resolve;
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ confirmIdentity }), [confirmIdentity]);
  const finish = (isConfirmed: boolean) => {
    pending?.(isConfirmed);
    setPending(null);
  };
  return (
    <StepUpContext value={stepUp}>
      {children}
      {pending && <StepUpDialog onFinish={finish} />}
    </StepUpContext>
  );
}

function StepUpDialog({ onFinish }: { readonly onFinish: Resolve }) {
  const messages = useMessages();
  const { viewer } = useSession();
  const confirm = useAction(ConfirmIdentity);
  const [isFactorRequested, action] = useRequestedProof(confirm, 'SECOND_FACTOR_REQUIRED');
  const needsFactor = viewer?.twoFactor?.enabled === true || isFactorRequested;
  const submit = async (form: FormValues) => {
    const factor = getSecondFactor(form);
    if (await confirm.run({ input: { password: form.text('password'), ...(factor ? { factor } : {}) } }))
      onFinish(true);
  };
  return (
    <Dialog title={messages.stepUp.title} onClose={() => onFinish(false)}>
      <p>{messages.stepUp.explanation}</p>
      <Form action={action} onSubmit={submit} submitLabel={messages.stepUp.confirm} onCancel={() => onFinish(false)}>
        <input type="text" name="username" autoComplete="username" value={viewer?.username ?? ''} readOnly hidden />
        <PasswordField name="password" label={messages.fields.password} autoComplete="current-password" autoFocus />
        {needsFactor && <FactorField />}
      </Form>
    </Dialog>
  );
}
