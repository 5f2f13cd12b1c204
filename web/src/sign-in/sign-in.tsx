import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Notice } from '../elements/notice.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { SecondFactor } from './second-factor.js';

const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      user { id }
      secondFactor { challenge }
      userErrors { code field message }
    }
  }
`);

/** Signs in with a password and, if two-factor authentication is on, a second factor. */
export function SignIn() {
  const messages = useMessages();
  const { policy, hasEnded, restartSession } = useSession();
  const login = useAction(Login);
  const [challenge, setChallenge] = useState<string | null>(null);
  const [hasChallengeEnded, setHasChallengeEnded] = useState(false);
  const submit = async (form: FormValues) => {
    setHasChallengeEnded(false);
    // Keyboards of phones add a space after a name.
    const payload = await login.run({
      input: { login: form.text('login').trim(), password: form.text('password'), rememberMe: form.has('rememberMe') },
    });
    if (payload?.secondFactor) setChallenge(payload.secondFactor.challenge);
    else if (payload) restartSession();
    return payload;
  };
  const startOver = (challengeEnded: boolean) => {
    setChallenge(null);
    setHasChallengeEnded(challengeEnded);
  };
  if (challenge !== null) return <SecondFactor challenge={challenge} onStartOver={startOver} />;
  return (
    <AuthLayout title={messages.signIn.title}>
      {hasEnded && <Notice tone="info">{messages.signIn.ended}</Notice>}
      {hasChallengeEnded && <Notice tone="warning">{messages.signIn.challengeEnded}</Notice>}
      <Form action={login} onSubmit={submit} submitLabel={messages.signIn.submit}>
        <Field
          name="login"
          label={messages.fields.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordField name="password" label={messages.fields.password} autoComplete="current-password" />
        <div className="beside">
          <label className="check">
            <input type="checkbox" name="rememberMe" /> {messages.signIn.remember}
          </label>
          <Link href="/recover">{messages.signIn.forgot}</Link>
        </div>
      </Form>
      {policy.registration === 'OPEN' && (
        <p className="auth-other">
          {messages.signIn.noAccount} <Link href="/sign-up">{messages.signIn.toSignUp}</Link>
        </p>
      )}
    </AuthLayout>
  );
}
