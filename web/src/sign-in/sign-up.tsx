import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Notice } from '../elements/notice.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { FormValues } from '../form/form-values.js';
import { useWords } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';

const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) { user { id } userErrors { code field message } }
  }
`);

/** Creates an account, if sign-up is open. */
export default function SignUp() {
  const words = useWords();
  const { policy, sessionChanged } = useSession();
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
    sessionChanged();
  };
  const other = (
    <p className="auth-other">
      {words.signUp.haveAccount} <Link href="/sign-in">{words.signIn.title}</Link>
    </p>
  );
  if (policy.registration === 'CLOSED')
    return (
      <AuthLayout title={words.signUp.title}>
        <Notice tone="info">{words.signUp.closed}</Notice>
        {other}
      </AuthLayout>
    );
  return (
    <AuthLayout title={words.signUp.title}>
      <Form action={register} onSubmit={submit} submit={words.signUp.submit}>
        <Field
          name="username"
          label={words.fields.username}
          hint={words.fields.usernameHint}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          onInput={(event) => setUsername(event.currentTarget.value)}
        />
        <NewPasswordFields names={['password', 'confirmPassword']} userInputs={[username]} />
      </Form>
      {other}
    </AuthLayout>
  );
}
