import type { ComponentProps, ReactNode } from 'react';
import { LabeledControl, type FieldBaseProps } from './labeled-control.js';

interface FieldProps extends Omit<ComponentProps<'input'>, keyof FieldBaseProps>, FieldBaseProps {
  /** A button inside the field, at its end. */
  readonly endAdornment?: ReactNode;
  /** Shown after the hint, e.g. the strength of a password. */
  readonly footer?: ReactNode;
  /** Explains the `pattern`, if the value doesn't match it. */
  readonly patternMessage?: string;
}

/** A labeled input with its hint and errors. */
export function Field({ name, label, hint, wrongCode, endAdornment, footer, patternMessage, ...input }: FieldProps) {
  return (
    <LabeledControl name={name} label={label} hint={hint} wrongCode={wrongCode} footer={footer}>
      {(attributes) => (
        <div className="input">
          <input required data-pattern-message={patternMessage} {...attributes} {...input} />
          {endAdornment}
        </div>
      )}
    </LabeledControl>
  );
}
