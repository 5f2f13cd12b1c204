import { useId, type ComponentProps, type ReactNode } from 'react';
import { useRefusalsOf } from './form-context.js';
import { useRefusalText } from './refusal-text.js';

interface AreaFieldProps extends ComponentProps<'textarea'> {
  /** The name of the input field of the mutation, by which refusals find it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** A labelled text of several lines, and what was refused of it. */
export function AreaField({ label, hint, ...area }: AreaFieldProps) {
  const id = useId();
  const refusals = useRefusalsOf(area.name);
  const inWords = useRefusalText();
  const described = [hint ? `${id}-hint` : '', refusals.length > 0 ? `${id}-refusal` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input"><textarea id={id} rows={3} aria-invalid={refusals.length > 0} aria-describedby={described || undefined} {...area} /></div>
      {refusals.length > 0 && <p className="refusal" id={`${id}-refusal`} role="alert">{refusals.map(inWords).join(' ')}</p>}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

/** The lines of a text, of which commas part entries as well; empty ones are none. */
export const linesOf = (text: string): string[] => text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '');
