import type { FormEvent } from 'react';
import { Field } from './field.js';

/** Digits of a code (RFC 6238, and of the code that is mailed). */
const DIGITS = 6;

/** Keeps the digits alone: apps and mails show them in groups. */
function keepDigits({ currentTarget }: FormEvent<HTMLInputElement>): void {
  const digits = currentTarget.value.replaceAll(/\D/g, '').slice(0, DIGITS);
  if (digits !== currentTarget.value) currentTarget.value = digits;
}

interface OtpFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}

/**
 * The one field for codes of six digits: a number pad on phones, filled in by whatever reads the code, pasted with or
 * without spaces.
 */
export function OtpField(props: OtpFieldProps) {
  return (
    <Field
      {...props}
      className="otp"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern={`[0-9]{${DIGITS}}`}
      spellCheck={false}
      onInput={keepDigits}
    />
  );
}
