import type { ComponentProps } from 'react';
import { Labeled, type Labels } from './labeled.js';

interface SelectFieldProps extends Omit<ComponentProps<'select'>, keyof Labels>, Labels {
  /** Values and their names. */
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** A labeled select. */
export function SelectField({ name, label, hint, options, ...select }: SelectFieldProps) {
  return (
    <Labeled name={name} label={label} hint={hint}>
      {(attributes) => (
        <select {...attributes} {...select}>
          {options.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Labeled>
  );
}
