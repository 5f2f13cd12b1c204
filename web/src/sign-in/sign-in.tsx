import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Notice } from '../elements/notice.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { PasswordField } from '../form/password-field.js';
import type { Typed } from '../form/typed.js';
import { useWords } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { Front } from './front.js';
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

/** Signs in: the password, and the second factor where that is on. */
export function SignIn() {
  const words = useWords();
  const { policy, hasEnded, changed } = useSession();
  const login = useAction(Login);
  const [challenge, setChallenge] = useState<string | null>(null);
  const [isChallengeOver, setIsChallengeOver] = useState(false);
  const submit = async (form: Typed) => {
    setIsChallengeOver(false);
    // No name has blanks around it, and keyboards of phones put one there.
    const payload = await login.run({
      input: { login: form.text('login').trim(), password: form.text('password'), rememberMe: form.has('rememberMe') },
    });
    if (payload?.secondFactor) setChallenge(payload.secondFactor.challenge);
    else if (payload) changed();
    return payload;
  };
  const startOver = (isOver: boolean) => {
    setChallenge(null);
    setIsChallengeOver(isOver);
  };
  if (challenge !== null) return <SecondFactor challenge={challenge} onStartOver={startOver} />;
  return (
    <Front title={words.signIn.title}>
      {hasEnded && <Notice tone="info">{words.signIn.ended}</Notice>}
      {isChallengeOver && <Notice tone="warning">{words.signIn.challengeOver}</Notice>}
      <Form action={login} onSubmit={submit} submit={words.signIn.submit}>
        <Field
          name="login"
          label={words.fields.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordField name="password" label={words.fields.password} autoComplete="current-password" />
        <div className="beside">
          <label className="check">
            <input type="checkbox" name="rememberMe" /> {words.signIn.remember}
          </label>
          <Link href="/recover">{words.signIn.forgot}</Link>
        </div>
      </Form>
      {policy.registration === 'OPEN' && (
        <p className="front-other">
          {words.signIn.noAccount} <Link href="/sign-up">{words.signIn.toSignUp}</Link>
        </p>
      )}
    </Front>
  );
}
