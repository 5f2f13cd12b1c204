import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Notice } from '../elements/notice.js';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { clearLinkToken, getLinkToken } from './link-token.js';

const ResetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) { userErrors { code field message } }
  }
`);

/** Sets a new password with the token of a link and, if two-factor authentication is on, a code. */
export default function ResetPassword() {
  const messages = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const [, navigate] = useLocation();
  const reset = useAction(ResetPasswordMutation);
  const [token] = useState(() => getLinkToken('/reset-password'));
  const [needsFactor, action] = useRequestedProof(reset, 'SECOND_FACTOR_REQUIRED');
  const submit = async (form: FormValues) => {
    const factor = getSecondFactor(form);
    const payload = await reset.run({
      input: {
        token: token ?? '',
        newPassword: form.text('newPassword'),
        confirmPassword: form.text('confirmPassword'),
        ...(factor ? { factor } : {}),
      },
    });
    if (!payload) return;
    clearLinkToken();
    announce(messages.reset.done);
    navigate('/sign-in', { replace: true });
    restartSession();
  };
  const newLink = (
    <p className="auth-other">
      <Link href="/recover">{messages.reset.newLink}</Link>
    </p>
  );
  if (token === null)
    return (
      <AuthLayout title={messages.reset.title}>
        <Notice tone="warning">{messages.reset.noToken}</Notice>
        {newLink}
      </AuthLayout>
    );
  return (
    <AuthLayout
      title={messages.reset.title}
      explanation={needsFactor ? messages.reset.factorExplanation : messages.reset.explanation}
    >
      <Form action={action} onSubmit={submit} submitLabel={messages.reset.submit}>
        <NewPasswordFields userInputs={[]} />
        {needsFactor && <FactorField autoFocus />}
      </Form>
      {reset.userErrors.some(({ code }) => code === 'INVALID_TOKEN') && newLink}
    </AuthLayout>
  );
}
