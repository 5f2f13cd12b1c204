import { useId, type ReactNode } from 'react';
import { useErrorText } from './error-text.js';
import { useErrorsOf } from './form-context.js';

/** What every kind of field has. */
export interface Labels {
  /** The name of the input field of the mutation, which `userErrors` refer to. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** The attributes that link a control to its label, hint and errors. */
interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface LabeledProps extends Labels {
  /** Shown after the hint, e.g. the strength of a password. */
  readonly below?: ReactNode;
  readonly children: (attributes: ControlAttributes) => ReactNode;
}

/** A control with its label, hint and errors. */
export function Labeled({ name, label, hint, below, children }: LabeledProps) {
  const id = useId();
  const errors = useErrorsOf(name);
  const textOf = useErrorText();
  const isInvalid = errors.length > 0;
  const described = [hint ? `${id}-hint` : '', isInvalid ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-invalid': isInvalid, 'aria-describedby': described || undefined })}
      {isInvalid && (
        <p className="error" id={`${id}-error`} role="alert">
          {errors.map(textOf).join(' ')}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {below}
    </div>
  );
}
