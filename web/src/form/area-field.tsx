import type { ComponentProps } from 'react';
import { Labeled, type Labels } from './labeled.js';

interface AreaFieldProps extends Omit<ComponentProps<'textarea'>, keyof Labels>, Labels {}

/** A labeled text area. */
export function AreaField({ name, label, hint, ...area }: AreaFieldProps) {
  return (
    <Labeled name={name} label={label} hint={hint}>
      {(attributes) => (
        <div className="input">
          <textarea rows={3} {...attributes} {...area} />
        </div>
      )}
    </Labeled>
  );
}

/** The entries of a text, separated by lines or commas. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
