import type { ComponentProps } from 'react';
import { LabeledControl, type FieldBaseProps } from './labeled-control.js';

interface SelectFieldProps extends Omit<ComponentProps<'select'>, keyof FieldBaseProps>, FieldBaseProps {
  /** Values and their names. */
  readonly options: readonly (readonly [value: string, name: string])[];
}

/** A labeled select. */
export function SelectField({ name, label, hint, options, ...select }: SelectFieldProps) {
  return (
    <LabeledControl name={name} label={label} hint={hint}>
      {(attributes) => (
        <select {...attributes} {...select}>
          {options.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </LabeledControl>
  );
}
