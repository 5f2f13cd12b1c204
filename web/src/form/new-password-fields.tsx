import { useWords } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { PasswordField } from './password-field.js';

interface NewPasswordFieldsProps {
  /** Names of the two fields in the input of the mutation, with what they are called. */
  readonly names?: readonly ['newPassword' | 'password', 'confirmPassword'];
  /** Words that a password should not consist of, e.g. the username. */
  readonly beside: readonly string[];
}

/** A new password, with advice and its strength, and the same again. */
export function NewPasswordFields({
  names: [chosen, again] = ['newPassword', 'confirmPassword'],
  beside,
}: NewPasswordFieldsProps) {
  const { fields } = useWords();
  const { policy } = useSession();
  const isFirst = chosen === 'password';
  return (
    <>
      <PasswordField
        name={chosen}
        label={isFirst ? fields.password : fields.newPassword}
        autoComplete="new-password"
        hint={policy.passwordAdvice}
        strengthBeside={beside}
      />
      <PasswordField
        name={again}
        label={isFirst ? fields.confirmPassword : fields.confirmNewPassword}
        autoComplete="new-password"
      />
    </>
  );
}
