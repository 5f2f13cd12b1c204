import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useWords } from '../language/language.js';
import { Field } from './field.js';

/**
 * Estimating takes lists of passwords that weigh more than the rest of the page: they come when somebody chooses one.
 */
const Strength = lazy(() => import('./strength.js'));

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: ReactNode;
  readonly autoFocus?: boolean;
  /** Whether its strength is told while it is typed; words that it should not consist of. */
  readonly strengthBeside?: readonly string[];
}

/** A password, which can be looked at while it is typed. Managers fill it in, and it can be pasted. */
export function PasswordField({ strengthBeside, ...props }: PasswordFieldProps) {
  const { actions } = useWords();
  const [isShown, setIsShown] = useState(false);
  const [typed, setTyped] = useState('');
  const toggle = (
    <button
      type="button"
      className="inside"
      aria-pressed={isShown}
      aria-label={`${actions.show}: ${props.label}`}
      onClick={() => setIsShown(!isShown)}
    >
      {isShown ? actions.hide : actions.show}
    </button>
  );
  // Where they do not come, a password is chosen without them; the server has the last word.
  const strength = strengthBeside && typed !== '' && (
    <ErrorBoundary fallback={null}>
      <Suspense fallback={null}>
        <Strength password={typed} beside={strengthBeside} />
      </Suspense>
    </ErrorBoundary>
  );
  const onInput = strengthBeside && {
    onInput: (event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value),
  };
  return (
    <Field
      {...props}
      {...onInput}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      addition={toggle}
      below={strength}
    />
  );
}
