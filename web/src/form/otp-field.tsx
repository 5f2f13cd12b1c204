import type { FormEvent } from 'react';
import { useMessages } from '../language/language.js';
import { Field } from './field.js';

/** Number of digits of a TOTP code (RFC 6238) and of an emailed code. */
const DIGITS = 6;

/**
 * Keeps the digits, in ASCII: apps and emails show codes in groups, Chinese keyboards type full-width digits, and
 * copied codes can contain line breaks and invisible characters.
 */
function keepDigits({ currentTarget, nativeEvent }: FormEvent<HTMLInputElement>): void {
  if ((nativeEvent as InputEvent).isComposing) return;
  const digits = currentTarget.value.normalize('NFKC').replaceAll(/\D/g, '').slice(0, DIGITS);
  if (digits !== currentTarget.value) currentTarget.value = digits;
}

interface OtpFieldProps {
  readonly name: string;
  readonly label: string;
  /** The message of a wrong code, from the app or from an email. */
  readonly wrongCode: string;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}

/** A field for 6-digit codes, with a number pad and autofill on phones. */
export function OtpField(props: OtpFieldProps) {
  const { fields } = useMessages();
  return (
    <Field
      {...props}
      className="otp"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern={`[0-9]{${DIGITS}}`}
      patternMessage={fields.onlyDigits}
      spellCheck={false}
      onInput={keepDigits}
      onCompositionEnd={keepDigits}
    />
  );
}
