import { useId, type ReactNode } from 'react';
import type { UserError } from '../api/use-action.js';
import { useMessages } from '../language/language.js';
import { useErrorMessage } from './use-error-message.js';
import { useFieldErrors } from './form-context.js';

/** The props that all fields have. */
export interface FieldBaseProps {
  /** The name of the input field of the mutation, which `userErrors` refer to. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** The message of a wrong or used code, which depends on the kind of code. */
  readonly wrongCode?: string | undefined;
}

/** The attributes that link a control to its label, hint and errors. */
interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface LabeledControlProps extends FieldBaseProps {
  /** Shown after the hint, e.g. the strength of a password. */
  readonly footer?: ReactNode;
  readonly children: (attributes: ControlAttributes) => ReactNode;
}

const isWrongCode = ({ code }: UserError) => code === 'INVALID_CODE' || code === 'INVALID_CREDENTIALS';

/** A control with its label, hint and errors. */
export function LabeledControl({ name, label, hint, wrongCode, footer, children }: LabeledControlProps) {
  const id = useId();
  const errors = useFieldErrors(name);
  const { punctuation } = useMessages();
  const toCommonMessage = useErrorMessage();
  const toMessage = (error: UserError) => (isWrongCode(error) ? wrongCode : undefined) ?? toCommonMessage(error);
  const isInvalid = errors.length > 0;
  const describedBy = [hint ? `${id}-hint` : '', isInvalid ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-invalid': isInvalid, 'aria-describedby': describedBy || undefined })}
      {isInvalid && (
        <p className="error" id={`${id}-error`} role="alert">
          {errors.map(toMessage).join(punctuation.betweenSentences)}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {footer}
    </div>
  );
}
