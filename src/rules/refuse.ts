import type { Locale, Translated } from '../text/locale.js';
import { userErrorMessages, type UserErrorCode } from './user-error-messages.js';

/** What a user can act on: what is wrong, and at which input field (null when no single field is at fault). */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field: readonly string[] | null;
  readonly message: Translated;
}

/** Thrown by a rule that refuses. The mutation answers with its `userErrors` and changes nothing. */
export class RefusedError extends Error {
  constructor(readonly userErrors: readonly UserError[]) {
    super(userErrors.map((error) => error.code).join(', '));
  }

  /** All messages in one language, for the command line. */
  messageIn(locale: Locale): string {
    return this.userErrors.map(({ message }) => message[locale]).join(' ');
  }
}

/** A user error with the catalogue's message, e.g. `userError('PASSWORDS_DIFFER', 'confirmPassword')`. */
export const userError = (code: UserErrorCode, ...field: string[]): UserError =>
  detailedUserError(code, userErrorMessages[code], ...field);

/** A user error with a specific message, such as one that names a limit. */
export const detailedUserError = (code: UserErrorCode, message: Translated, ...field: string[]): UserError => ({
  code,
  field: field.length > 0 ? field : null,
  message,
});

/** A value that can't be used; the message says which can. */
export const invalidValue = (message: Translated, ...field: string[]): UserError =>
  detailedUserError('INVALID_VALUE', message, ...field);

/** Refuses with the catalogue's message: `refuse('NOT_FOUND', 'sessionId')`. */
export function refuse(code: UserErrorCode, ...field: string[]): never {
  return refuseWithError(userError(code, ...field));
}

/** Refuses with one user error. */
export function refuseWithError(error: UserError): never {
  throw new RefusedError([error]);
}

/** Refuses with all user errors at the same time, if there are any. */
export function refuseAll(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new RefusedError(errors);
}
