/**
 * Every refusal that a person can act on, with the words in which it is told. The codes are the enum `UserErrorCode`
 * of the schema; each has a test that produces it.
 */
export const catalogue = {
  INVALID_CREDENTIALS: 'The username or email address, the password or the code is wrong.',
  INCORRECT_PASSWORD: 'The current password is wrong.',
  INVALID_CODE:
    'The code is wrong, or not valid any more. Each code works once: when this one was used already, wait for the next one, or ask for another.',
  PASSWORD_REQUIRED: 'The password is needed as well.',
  SECOND_FACTOR_REQUIRED: 'Two-factor authentication is on: a code is needed as well.',
  TWO_FACTOR_NOT_ENABLED: 'Two-factor authentication is not on.',
  INVALID_TOKEN: 'This link or token is not valid, or not any more.',
  PASSWORD_TOO_SHORT: 'The password is too short.',
  PASSWORD_TOO_LONG: 'The password is too long: at most 128 characters and 512 bytes.',
  PASSWORD_TOO_COMMON: 'This password is on the lists that attackers try first. Choose another one.',
  PASSWORD_CONTAINS_IDENTITY: 'The password is too close to your username. Choose another one.',
  PASSWORD_UNCHANGED: 'The new password is the current one. Choose another one.',
  PASSWORDS_DIFFER: 'The two passwords are not the same.',
  MAIL_OFF: 'Mail is switched off here, so no address can be bound and no password recovered. Ask an administrator.',
  EMAIL_INVALID: 'This is not an email address that mail can be sent to.',
  USERNAME_INVALID: 'A username has 3 to 32 characters: letters a to z, digits, and . _ - between them.',
  USERNAME_RESERVED: 'This username is reserved.',
  USERNAME_TAKEN: 'This username is taken.',
  USERNAME_CHANGED_RECENTLY: 'The username was changed within the last 24 hours. Try again tomorrow.',
  REGISTRATION_CLOSED: 'Sign-up is closed here. Ask an administrator for an account.',
  ACCOUNT_DISABLED: 'This account is disabled. Ask an administrator.',
  API_TOKEN_NOT_SET: 'There is no API token yet. Reset it to make the first one.',
  CALL_KEY_LIMIT: 'You have as many call keys as a person can have here. Delete one that is not needed any more.',
  INVALID_VALUE: 'This value cannot be used here.',
  EMAIL_TAKEN: 'Somebody else has this email address, or can still have it back.',
  ON_SELF: 'Nobody does this to themselves: another administrator does.',
  RANK: 'This takes a higher rank than yours: you act on those below you alone.',
  LAST_ROOT: 'This would leave nobody of the role ROOT who can sign in.',
  REASON_REQUIRED: 'Say why: the reason is kept with what was done, and told to the person.',
  NOT_FOUND: 'There is no such thing, or it is not yours.',
} as const satisfies Record<string, string>;

export type UserErrorCode = keyof typeof catalogue;

/**
 * A refusal that the person can act on: what is wrong, and at which input field (null when no one field is at fault).
 */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/** Thrown by a rule that refuses; the mutation answers with its `userErrors` and changes nothing. */
export class Refused extends Error {
  constructor(readonly userErrors: readonly UserError[]) {
    super(userErrors.map((error) => error.code).join(', '));
  }
}

/** One entry of the catalogue, at a field of the input, e.g. `userError('PASSWORD_TOO_SHORT', 'newPassword')`. */
export function userError(code: UserErrorCode, ...field: string[]): UserError {
  return { code, field: field.length > 0 ? field : null, message: catalogue[code] };
}

/**
 * A value that cannot be used, with words that say what can be, e.g. `invalidValue('A grace is 0 to 168 hours.',
 * 'graceHours')`.
 */
export const invalidValue = (message: string, ...field: string[]): UserError => ({
  ...userError('INVALID_VALUE', ...field),
  message,
});

/** Refuses with one entry of the catalogue: `refuse('NOT_FOUND', 'sessionId')`. */
export function refuse(code: UserErrorCode, ...field: string[]): never {
  throw new Refused([userError(code, ...field)]);
}

/** Refuses with all the faults that were found, if there are any, so that a person mends them in one go. */
export function refuseAll(faults: readonly UserError[]): void {
  if (faults.length > 0) throw new Refused(faults);
}
