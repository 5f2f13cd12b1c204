import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Notice } from '../elements/notice.js';
import { FactorField } from '../form/factor-field.js';
import { factorIn } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useFurtherQuestion } from '../form/further-question.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { Typed } from '../form/typed.js';
import { useWords } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { Front } from './front.js';
import { forgetLinkToken, linkToken } from './link-token.js';

const ResetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) { userErrors { code field message } }
  }
`);

/** Sets a new password with the token of a link; where two-factor authentication is on, with a code as well. */
export default function ResetPassword() {
  const words = useWords();
  const announce = useAnnounce();
  const { changed } = useSession();
  const [, navigate] = useLocation();
  const reset = useAction(ResetPasswordMutation);
  const [token] = useState(() => linkToken('/reset-password'));
  const [needsFactor, action] = useFurtherQuestion(reset, 'SECOND_FACTOR_REQUIRED');
  const submit = async (form: Typed) => {
    const factor = factorIn(form);
    const payload = await reset.run({
      input: {
        token: token ?? '',
        newPassword: form.text('newPassword'),
        confirmPassword: form.text('confirmPassword'),
        ...(factor ? { factor } : {}),
      },
    });
    if (!payload) return;
    forgetLinkToken();
    announce(words.reset.done);
    navigate('/sign-in', { replace: true });
    changed();
  };
  const askAgain = (
    <p className="front-other">
      <Link href="/recover">{words.reset.askAgain}</Link>
    </p>
  );
  if (token === null)
    return (
      <Front title={words.reset.title}>
        <Notice tone="warning">{words.reset.noToken}</Notice>
        {askAgain}
      </Front>
    );
  return (
    <Front
      title={words.reset.title}
      explanation={needsFactor ? words.reset.factorExplanation : words.reset.explanation}
    >
      <Form action={action} onSubmit={submit} submit={words.reset.submit}>
        <NewPasswordFields beside={[]} />
        {needsFactor && <FactorField autoFocus />}
      </Form>
      {reset.refusals.some(({ code }) => code === 'INVALID_TOKEN') && askAgain}
    </Front>
  );
}
