import { useId, type ComponentProps, type ReactNode } from 'react';
import { useRefusalsOf } from './form-context.js';
import { useRefusalText } from './refusal-text.js';

interface FieldProps extends ComponentProps<'input'> {
  /** The name of the input field of the mutation, by which refusals find it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** A button inside, at its end. */
  readonly addition?: ReactNode;
  /** What follows the hint, e.g. the strength of a password. */
  readonly below?: ReactNode;
}

/** A labelled input with its hint, and with what was refused of it. */
export function Field({ label, hint, addition, below, ...input }: FieldProps) {
  const id = useId();
  const refusals = useRefusalsOf(input.name);
  const inWords = useRefusalText();
  const described = [hint ? `${id}-hint` : '', refusals.length > 0 ? `${id}-refusal` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input">
        <input required id={id} aria-invalid={refusals.length > 0} aria-describedby={described || undefined} {...input} />
        {addition}
      </div>
      {refusals.length > 0 && <p className="refusal" id={`${id}-refusal`} role="alert">{refusals.map(inWords).join(' ')}</p>}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {below}
    </div>
  );
}
