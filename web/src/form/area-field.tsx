import type { ComponentProps } from 'react';
import { LabeledControl, type FieldBaseProps } from './labeled-control.js';

interface AreaFieldProps extends Omit<ComponentProps<'textarea'>, keyof FieldBaseProps>, FieldBaseProps {}

/** A labeled text area. */
export function AreaField({ name, label, hint, ...area }: AreaFieldProps) {
  return (
    <LabeledControl name={name} label={label} hint={hint}>
      {(attributes) => (
        <div className="input">
          <textarea rows={3} {...attributes} {...area} />
        </div>
      )}
    </LabeledControl>
  );
}

/** The entries of a text, separated by lines or commas. */
export const splitEntries = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
