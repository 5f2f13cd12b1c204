import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Notice } from '../elements/notice.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';

const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) { user { id } userErrors { code field message } }
  }
`);

/** Creates an account, if sign-up is open. */
export default function SignUp() {
  const messages = useMessages();
  const { policy, restartSession } = useSession();
  const [, navigate] = useLocation();
  const register = useAction(Register);
  const [username, setUsername] = useState('');
  const submit = async (form: FormValues) => {
    const payload = await register.run({
      input: {
        username: form.text('username'),
        password: form.text('password'),
        confirmPassword: form.text('confirmPassword'),
      },
    });
    if (!payload) return;
    navigate('/profile', { replace: true });
    restartSession();
  };
  const signInLink = (
    <p className="auth-other">
      {messages.signUp.haveAccount} <Link href="/sign-in">{messages.signIn.title}</Link>
    </p>
  );
  if (policy.registration === 'CLOSED')
    return (
      <AuthLayout title={messages.signUp.title}>
        <Notice tone="info">{messages.signUp.closed}</Notice>
        {signInLink}
      </AuthLayout>
    );
  return (
    <AuthLayout title={messages.signUp.title}>
      <Form action={register} onSubmit={submit} submitLabel={messages.signUp.submit}>
        <Field
          name="username"
          label={messages.fields.username}
          hint={messages.fields.usernameHint}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          onInput={(event) => setUsername(event.currentTarget.value)}
        />
        <NewPasswordFields names={['password', 'confirmPassword']} userInputs={[username]} />
      </Form>
      {signInLink}
    </AuthLayout>
  );
}
