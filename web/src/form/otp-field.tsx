import type { FormEvent } from 'react';
import { Field } from './field.js';

/** Number of digits of a TOTP code (RFC 6238) and of an emailed code. */
const DIGITS = 6;

/** Removes everything but digits, because apps and emails show codes in groups. */
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

/** A field for 6-digit codes, with a number pad and autofill on phones. */
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
