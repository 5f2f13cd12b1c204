import { Form } from '../form/form.js';
import { useMessages } from '../language/language.js';
import { PasskeyIcon } from '../elements/passkey-icon.js';
import type { PasskeyLogin } from './use-passkey-login.js';

/** The button that signs in with a passkey, below the form of the password. */
export function PasskeyButton({ login: { start, action } }: { readonly login: PasskeyLogin }) {
  const { signIn, passkeys } = useMessages();
  const userErrors = action.userErrors.map((error) =>
    error.code === 'INVALID_CREDENTIALS' ? { ...error, message: signIn.wrongPasskey } : error,
  );
  return (
    <div className="passkey-sign-in">
      <p className="or">{passkeys.or}</p>
      <Form
        action={{ ...action, userErrors }}
        onSubmit={start}
        submitLabel={signIn.passkey}
        submitIcon={<PasskeyIcon />}
        tone="plain"
      />
    </div>
  );
}
