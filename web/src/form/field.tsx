import type { ComponentProps, ReactNode } from 'react';
import { Labeled, type Labels } from './labeled.js';

interface FieldProps extends Omit<ComponentProps<'input'>, keyof Labels>, Labels {
  /** A button inside the field, at its end. */
  readonly addition?: ReactNode;
  /** Shown after the hint, e.g. the strength of a password. */
  readonly below?: ReactNode;
}

/** A labeled input with its hint and errors. */
export function Field({ name, label, hint, addition, below, ...input }: FieldProps) {
  return (
    <Labeled name={name} label={label} hint={hint} below={below}>
      {(attributes) => (
        <div className="input">
          <input required {...attributes} {...input} />
          {addition}
        </div>
      )}
    </Labeled>
  );
}
