import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { PasswordField } from './password-field.js';

interface NewPasswordFieldsProps {
  /** The names of the two fields in the input of the mutation. */
  readonly names?: readonly ['newPassword' | 'password', 'confirmPassword'];
  /** Words that the password must not be based on, e.g. the username. */
  readonly userInputs: readonly string[];
  readonly autoFocus?: boolean;
}

/** The fields for a new password, with advice and strength, and for its confirmation. */
export function NewPasswordFields({
  names: [name, confirmName] = ['newPassword', 'confirmPassword'],
  userInputs,
  autoFocus = false,
}: NewPasswordFieldsProps) {
  const { fields } = useMessages();
  const { policy } = useSession();
  const isFirst = name === 'password';
  return (
    <>
      <PasswordField
        name={name}
        label={isFirst ? fields.password : fields.newPassword}
        autoComplete="new-password"
        hint={policy.passwordAdvice}
        userInputs={userInputs}
        autoFocus={autoFocus}
      />
      <PasswordField
        name={confirmName}
        label={isFirst ? fields.confirmPassword : fields.confirmNewPassword}
        autoComplete="new-password"
      />
    </>
  );
}
