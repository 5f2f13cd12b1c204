import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { EmailField } from '../form/email-field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { AuthLayout } from './auth-layout.js';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { userErrors { code field message } }
  }
`);

/** Requests a password reset link. The page doesn't reveal whether the address belongs to an account. */
export default function Recovery() {
  const messages = useMessages();
  const request = useAction(RequestPasswordReset);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (form: FormValues) => {
    const email = form.text('email').trim();
    if (await request.run({ input: { email } })) setSentTo(email);
  };
  const back = (
    <p className="auth-other">
      <Link href="/sign-in">{messages.recovery.back}</Link>
    </p>
  );
  if (sentTo !== null) {
    return (
      <AuthLayout
        title={messages.recovery.sentTitle}
        explanation={<span role="status">{messages.recovery.sent(sentTo)}</span>}
      >
        <p className="hint">{messages.recovery.notReceived}</p>
        <Button onClick={() => setSentTo(null)}>{messages.recovery.useAnotherAddress}</Button>
        {back}
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={messages.recovery.title} explanation={messages.recovery.explanation}>
      <Form action={request} onSubmit={submit} submitLabel={messages.recovery.submit}>
        <EmailField name="email" label={messages.fields.email} autoFocus />
      </Form>
      <p className="hint">{messages.recovery.noEmail}</p>
      {back}
    </AuthLayout>
  );
}
