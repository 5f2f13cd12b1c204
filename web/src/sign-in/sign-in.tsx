import { lazy, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Notice } from '../elements/notice.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { hasWebauthn } from '../form/has-webauthn.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { PasskeyButton } from './passkey-button.js';
import { getReturnDestination } from './return-destination.js';
import type { Challenge } from './second-factor.js';
import { usePasskeyLogin } from './use-passkey-login.js';

const loadSecondFactor = () => import('./second-factor.js');
const SecondFactor = lazy(loadSecondFactor);

const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      user { id }
      secondFactor { challenge factors passkeyOptions }
      userErrors { code field message }
    }
  }
`);

/** Signs in with a passkey, or with a password and, if two-factor authentication is on, a second factor. */
export function SignIn() {
  const messages = useMessages();
  const { policy, hasEnded, restartSession } = useSession();
  const login = useAction(Login);
  const rememberHintId = useId();
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [hasChallengeEnded, setHasChallengeEnded] = useState(false);
  const rememberMe = useRef<HTMLInputElement>(null);
  const offersPasskeys = policy.passkeys && hasWebauthn();
  const passkeyLogin = usePasskeyLogin({
    isOffered: offersPasskeys && challenge === null,
    getRememberMe: () => rememberMe.current?.checked === true,
    onSignedIn: restartSession,
  });
  const submit = async (form: FormValues) => {
    setHasChallengeEnded(false);
    // It is there by the time it is needed.
    void loadSecondFactor();
    // Phone keyboards append a space after a word.
    const payload = await login.run({
      input: { login: form.text('login').trim(), password: form.text('password'), rememberMe: form.has('rememberMe') },
    });
    if (payload?.secondFactor) setChallenge(payload.secondFactor);
    else if (payload) restartSession();
    return payload;
  };
  const startOver = (challengeEnded: boolean) => {
    setChallenge(null);
    setHasChallengeEnded(challengeEnded);
  };
  if (challenge !== null) return <SecondFactor challenge={challenge} onStartOver={startOver} />;
  const host = getReturnDestination()?.address.host;
  return (
    <AuthLayout title={messages.signIn.title} explanation={host && messages.signIn.returnExplanation(host)}>
      {hasEnded && <Notice tone="info">{messages.signIn.ended}</Notice>}
      {hasChallengeEnded && <Notice tone="warning">{messages.signIn.challengeEnded}</Notice>}
      <Form action={login} onSubmit={submit} submitLabel={messages.signIn.submit}>
        <Field
          name="login"
          label={messages.fields.login}
          autoComplete={offersPasskeys ? 'username webauthn' : 'username'}
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordField name="password" label={messages.fields.password} autoComplete="current-password" />
        <div className="beside">
          <label className="check">
            <input ref={rememberMe} type="checkbox" name="rememberMe" aria-describedby={rememberHintId} />{' '}
            {messages.signIn.remember}
          </label>
          <Link href="/recover">{messages.signIn.forgot}</Link>
          <p className="hint" id={rememberHintId}>
            {messages.signIn.rememberHint}
          </p>
        </div>
      </Form>
      {offersPasskeys && <PasskeyButton login={passkeyLogin} />}
      {policy.registration === 'OPEN' && (
        <p className="auth-other">
          {messages.signIn.noAccount} <Link href="/sign-up">{messages.signIn.toSignUp}</Link>
        </p>
      )}
    </AuthLayout>
  );
}
