import { useId, type ComponentProps, type ReactNode } from 'react';
import { useRefusalsOf } from './form-context.js';
import { useRefusalText } from './refusal-text.js';

interface SelectFieldProps extends ComponentProps<'select'> {
  /** The name of the input field of the mutation, by which refusals find it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** Values and their names. */
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** A labelled choice of one of some values, and what was refused of it. */
export function SelectField({ label, hint, options, ...select }: SelectFieldProps) {
  const id = useId();
  const refusals = useRefusalsOf(select.name);
  const inWords = useRefusalText();
  const described = [hint ? `${id}-hint` : '', refusals.length > 0 ? `${id}-refusal` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} aria-invalid={refusals.length > 0} aria-describedby={described || undefined} {...select}>
        {options.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
      </select>
      {refusals.length > 0 && <p className="refusal" id={`${id}-refusal`} role="alert">{refusals.map(inWords).join(' ')}</p>}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
