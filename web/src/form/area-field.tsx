import type { ComponentProps } from 'react';
import { Labelled, type Labels } from './labelled.js';

interface AreaFieldProps extends Omit<ComponentProps<'textarea'>, keyof Labels>, Labels {}

/** A labelled text of several lines, and what was refused of it. */
export function AreaField({ name, label, hint, ...area }: AreaFieldProps) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(ties) => (
        <div className="input">
          <textarea rows={3} {...ties} {...area} />
        </div>
      )}
    </Labelled>
  );
}

/** The lines of a text, of which commas part entries as well; empty ones are none. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
