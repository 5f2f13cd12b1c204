import type { ComponentProps } from 'react';
import { Labelled, type Labels } from './labelled.js';

interface SelectFieldProps extends Omit<ComponentProps<'select'>, keyof Labels>, Labels {
  /** Values and their names. */
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** A labelled choice of one of some values, and what was refused of it. */
export function SelectField({ name, label, hint, options, ...select }: SelectFieldProps) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(ties) => (
        <select {...ties} {...select}>
          {options.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
