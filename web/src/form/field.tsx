import type { ComponentProps, ReactNode } from 'react';
import { Labelled, type Labels } from './labelled.js';

interface FieldProps extends Omit<ComponentProps<'input'>, keyof Labels>, Labels {
  /** A button inside, at its end. */
  readonly addition?: ReactNode;
  /** What follows the hint, e.g. the strength of a password. */
  readonly below?: ReactNode;
}

/** A labelled input with its hint, and with what was refused of it. */
export function Field({ name, label, hint, addition, below, ...input }: FieldProps) {
  return (
    <Labelled name={name} label={label} hint={hint} below={below}>
      {(ties) => (
        <div className="input">
          <input required {...ties} {...input} />
          {addition}
        </div>
      )}
    </Labelled>
  );
}
