import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useWords } from '../language/language.js';
import { AuthLayout } from './auth-layout.js';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { userErrors { code field message } }
  }
`);

/** Requests a password reset link. The answer is the same whether or not the address belongs to an account. */
export default function Recovery() {
  const words = useWords();
  const request = useAction(RequestPasswordReset);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (form: FormValues) => {
    const email = form.text('email');
    if (await request.run({ input: { email } })) setSentTo(email);
  };
  const back = (
    <p className="auth-other">
      <Link href="/sign-in">{words.recovery.back}</Link>
    </p>
  );
  if (sentTo !== null) {
    return (
      <AuthLayout
        title={words.recovery.sentTitle}
        explanation={<span role="status">{words.recovery.sent(sentTo)}</span>}
      >
        <p className="hint">{words.recovery.again}</p>
        <Button onClick={() => setSentTo(null)}>{words.recovery.another}</Button>
        {back}
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={words.recovery.title} explanation={words.recovery.explanation}>
      <Form action={request} onSubmit={submit} submit={words.recovery.submit}>
        <Field name="email" type="email" label={words.fields.email} autoComplete="email" autoFocus />
      </Form>
      <p className="hint">{words.recovery.noEmail}</p>
      {back}
    </AuthLayout>
  );
}
