import { useId, type ReactNode } from 'react';
import { useRefusalsOf } from './form-context.js';
import { useRefusalText } from './refusal-text.js';

/** What every kind of field has. */
export interface Labels {
  /** The name of the input field of the mutation, by which refusals find it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** Ties a control to its label, and to what is said of it. */
interface Ties {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface LabelledProps extends Labels {
  /** What follows the hint, e.g. the strength of a password. */
  readonly below?: ReactNode;
  readonly children: (ties: Ties) => ReactNode;
}

/** A control with its label, its hint, and what was refused of it. */
export function Labelled({ name, label, hint, below, children }: LabelledProps) {
  const id = useId();
  const refusals = useRefusalsOf(name);
  const inWords = useRefusalText();
  const isRefused = refusals.length > 0;
  const described = [hint ? `${id}-hint` : '', isRefused ? `${id}-refusal` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-invalid': isRefused, 'aria-describedby': described || undefined })}
      {isRefused && (
        <p className="refusal" id={`${id}-refusal`} role="alert">
          {refusals.map(inWords).join(' ')}
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
