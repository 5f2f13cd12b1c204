import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { clearLinkToken, getLinkToken } from './link-token.js';

const CompleteSetup = graphql(`
  mutation CompleteSetup($input: CompleteSetupInput!) {
    completeSetup(input: $input) { user { id } userErrors { code field message } }
  }
`);

/** Creates the first administrator with the setup token that the server printed. */
export default function SetUp() {
  const messages = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const [, navigate] = useLocation();
  const completeSetup = useAction(CompleteSetup);
  const [tokenFromLink] = useState(() => getLinkToken('/setup'));
  const [username, setUsername] = useState('');
  const submit = async (form: FormValues) => {
    const setupToken = form.has('setupToken') ? form.text('setupToken').trim() : (tokenFromLink ?? '');
    const payload = await completeSetup.run({
      input: {
        setupToken,
        username: form.text('username'),
        password: form.text('password'),
        confirmPassword: form.text('confirmPassword'),
      },
    });
    if (!payload) return;
    clearLinkToken();
    announce(messages.setUp.welcome);
    navigate('/profile', { replace: true });
    restartSession();
  };
  return (
    <AuthLayout title={messages.setUp.title} explanation={messages.setUp.explanation}>
      <Form action={completeSetup} onSubmit={submit} submitLabel={messages.setUp.submit}>
        {tokenFromLink === null && (
          <Field
            name="setupToken"
            label={messages.fields.setupToken}
            hint={messages.setUp.tokenHint}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        )}
        <Field
          name="username"
          label={messages.fields.username}
          hint={messages.fields.usernameHint}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={tokenFromLink !== null}
          onInput={(event) => setUsername(event.currentTarget.value)}
        />
        <NewPasswordFields names={['password', 'confirmPassword']} userInputs={[username]} />
      </Form>
      <p className="auth-other">
        {messages.setUp.alreadySetUp} <Link href="/sign-in">{messages.signIn.title}</Link>
      </p>
    </AuthLayout>
  );
}
