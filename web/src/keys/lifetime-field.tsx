import { useState, type ReactNode } from 'react';
import { Field } from '../form/field.js';
import { SelectField } from '../form/select-field.js';
import { toLocalInputValue } from './lifetime.js';
import { useKeysMessages } from './messages.js';

interface LifetimeFieldProps {
  /** The lifetimes; `custom` asks for a date. */
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly initial: string;
  /** The end of what is edited; undefined for something new. */
  readonly expiresAt?: string | null | undefined;
  /** Explains which dates can be chosen. */
  readonly dateHint?: ReactNode;
}

/** When a key or token expires: one of several lifetimes, or a date. */
export function LifetimeField({ options, initial, expiresAt, dateHint }: LifetimeFieldProps) {
  const { form } = useKeysMessages();
  const [lifetime, setLifetime] = useState(initial);
  return (
    <div className="fields">
      <SelectField
        name="lifetime"
        label={form.expires}
        options={options}
        value={lifetime}
        onChange={(event) => setLifetime(event.currentTarget.value)}
      />
      {lifetime === 'custom' && (
        <Field
          name="expiresAt"
          label={form.expiresAt}
          hint={dateHint}
          type="datetime-local"
          defaultValue={expiresAt ? toLocalInputValue(expiresAt) : undefined}
        />
      )}
    </div>
  );
}
