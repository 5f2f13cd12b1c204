import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Dialog } from '../elements/dialog.js';
import { FactorField } from '../form/factor-field.js';
import { factorIn } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useFurtherQuestion } from '../form/further-question.js';
import { PasswordField } from '../form/password-field.js';
import type { Typed } from '../form/typed.js';
import { useWords } from '../language/language.js';
import { StepUpContext } from './step-up.js';
import { useSession } from './viewer.js';

const ConfirmIdentity = graphql(`
  mutation ConfirmIdentity($input: ConfirmIdentityInput!) {
    confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field message } }
  }
`);

type Answer = (isProven: boolean) => void;

/** Holds the step-up dialog over everything inside, and opens it when an action asks for it. */
export function StepUpProvider({ children }: { readonly children: ReactNode }) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const confirmIdentity = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        setAnswer((waiting: Answer | null) => {
          waiting?.(false);
          return resolve;
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ confirmIdentity }), [confirmIdentity]);
  const finish = (isProven: boolean) => {
    answer?.(isProven);
    setAnswer(null);
  };
  return (
    <StepUpContext value={stepUp}>
      {children}
      {answer && <StepUpDialog onFinish={finish} />}
    </StepUpContext>
  );
}

function StepUpDialog({ onFinish }: { readonly onFinish: Answer }) {
  const words = useWords();
  const { viewer } = useSession();
  const confirm = useAction(ConfirmIdentity);
  const [isFactorAsked, action] = useFurtherQuestion(confirm, 'SECOND_FACTOR_REQUIRED');
  const needsFactor = viewer?.twoFactor?.enabled === true || isFactorAsked;
  const submit = async (form: Typed) => {
    const factor = factorIn(form);
    if (await confirm.run({ input: { password: form.text('password'), ...(factor ? { factor } : {}) } }))
      onFinish(true);
  };
  return (
    <Dialog title={words.stepUp.title} onClose={() => onFinish(false)}>
      <p>{words.stepUp.explanation}</p>
      <Form action={action} onSubmit={submit} submit={words.stepUp.confirm} onCancel={() => onFinish(false)}>
        <input type="text" name="username" autoComplete="username" value={viewer?.username ?? ''} readOnly hidden />
        <PasswordField name="password" label={words.fields.password} autoComplete="current-password" autoFocus />
        {needsFactor && <FactorField />}
      </Form>
    </Dialog>
  );
}
