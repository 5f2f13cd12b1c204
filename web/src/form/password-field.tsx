import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useMessages } from '../language/language.js';
import { Field } from './field.js';

/** Loaded on demand: its password lists are larger than the rest of the web app. */
const Strength = lazy(() => import('./strength/strength.js'));

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: ReactNode;
  readonly autoFocus?: boolean;
  /** Words that the password must not be based on. If set, the strength of the password is shown. */
  readonly userInputs?: readonly string[];
}

/** A password field with a button that shows the password. */
export function PasswordField({ userInputs, ...props }: PasswordFieldProps) {
  const { actions, punctuation } = useMessages();
  const [isShown, setIsShown] = useState(false);
  const [password, setPassword] = useState('');
  const toggle = (
    <button
      type="button"
      className="inside"
      aria-label={punctuation.labeled(isShown ? actions.hide : actions.show, props.label)}
      onClick={() => setIsShown(!isShown)}
    >
      {isShown ? actions.hide : actions.show}
    </button>
  );
  // The form also works if the estimator can't be loaded.
  const strength = userInputs && password !== '' && (
    <ErrorBoundary fallback={null}>
      <Suspense fallback={null}>
        <Strength password={password} userInputs={userInputs} />
      </Suspense>
    </ErrorBoundary>
  );
  const onInput = userInputs && {
    onInput: (event: { currentTarget: HTMLInputElement }) => setPassword(event.currentTarget.value),
  };
  return (
    <Field
      {...props}
      {...onInput}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      endAdornment={toggle}
      footer={strength}
    />
  );
}
