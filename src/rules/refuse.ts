import type { Locale, Translated } from '../text/locale.js';
import {
  userErrorMessages,
  type UserErrorCode,
  type UserErrorDetails,
  type UserErrorMessage,
} from './user-error-messages.js';

/** An error that the user can fix, and the path of its input field (null if it isn't about a single field). */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field: readonly string[] | null;
  readonly message: Translated;
  /** The numbers behind the error; null if there are none. */
  readonly details: UserErrorDetails | null;
}

/** Thrown by a rule that refuses a change. The mutation returns the `userErrors` and changes nothing. */
export class RefusedError extends Error {
  /** @param payload further fields of the payload, to try again with */
  constructor(
    readonly userErrors: readonly UserError[],
    readonly payload: object = {},
  ) {
    super(userErrors.map((error) => error.code).join(', '));
  }

  /** All messages in one language, for the command line. */
  messageIn(locale: Locale): string {
    return this.userErrors.map(({ message }) => message[locale]).join(' ');
  }
}

/** A user error with the default message of its code, e.g. `userError('PASSWORDS_DIFFER', 'confirmPassword')`. */
export const userError = (code: UserErrorCode, ...field: string[]): UserError =>
  detailedUserError(code, userErrorMessages[code], ...field);

/** A user error with a specific message, such as one that names a limit. */
export const detailedUserError = (
  code: UserErrorCode,
  { details, ...message }: UserErrorMessage,
  ...field: string[]
): UserError => ({ code, field: field.length > 0 ? field : null, message, details: details ?? null });

/** An invalid value. The message says which values are valid. */
export const invalidValue = (message: UserErrorMessage, ...field: string[]): UserError =>
  detailedUserError('INVALID_VALUE', message, ...field);

/** Refuses with the default message of a code: `refuse('NOT_FOUND', 'sessionId')`. */
export function refuse(code: UserErrorCode, ...field: string[]): never {
  return refuseWithError(userError(code, ...field));
}

/** Refuses with one user error, and with further fields of the payload. */
export function refuseWithError(error: UserError, payload: object = {}): never {
  throw new RefusedError([error], payload);
}

/** Refuses with all user errors, if there are any. */
export function refuseAll(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new RefusedError(errors);
}
