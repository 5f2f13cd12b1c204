import type { UserErrorCode } from '../rules/user-error-messages.js';

/** What each code means to a client, for schema.graphql and docs/errors.md. */
export const userErrorDescriptions: Readonly<Record<UserErrorCode, string>> = {
  INVALID_CREDENTIALS:
    'The username, password, code or challenge is wrong, expired or used. All of them answer alike. Ask the user to try again, or to sign in again when a challenge was used.',
  INCORRECT_PASSWORD: 'The current password is wrong. Ask for it again.',
  INVALID_CODE: 'The code is wrong, expired or used. Ask for the newest code.',
  PASSWORD_REQUIRED: 'The password is required because the session has no recent step-up. Ask for it.',
  SECOND_FACTOR_REQUIRED: 'Two-factor authentication is on. Ask for a code and send it as `factor`.',
  TWO_FACTOR_NOT_ENABLED: 'Two-factor authentication is off, so there is nothing to turn off, replace or reset.',
  INVALID_TOKEN: 'The link or setup token is wrong, expired or used. Request a new one.',
  PASSWORD_TOO_SHORT: 'The password has fewer characters than `policy.passwordMinLength`.',
  PASSWORD_TOO_LONG: 'The password has more characters than `policy.passwordMaxLength`, or more than 512 bytes.',
  PASSWORD_TOO_COMMON: 'The password is easy to guess. Ask the user for another one.',
  PASSWORD_CONTAINS_IDENTITY:
    'The password is the username or email address, or similar to it. Ask the user for another one.',
  PASSWORD_UNCHANGED: 'The new password is the current one. Ask the user for another one.',
  PASSWORDS_DIFFER: 'The password and its confirmation differ.',
  MAIL_OFF: 'This server sends no email. An administrator can create a password link instead.',
  EMAIL_INVALID: 'Email can’t be sent to this address.',
  USERNAME_INVALID: 'The username doesn’t match `policy.usernamePattern`.',
  USERNAME_RESERVED: 'The username is reserved for the platform.',
  USERNAME_TAKEN: 'Another account has the username, or had it within the last 30 days.',
  USERNAME_CHANGED_RECENTLY:
    'The username was changed within the last 24 hours. `details.retryAt` says when to try again.',
  REGISTRATION_CLOSED: 'Sign-up is turned off. An administrator can create an account.',
  ACCOUNT_DISABLED: 'The account is disabled. An administrator can enable it.',
  API_TOKEN_NOT_SET: 'The account has no API token. Create one with `resetApiToken`.',
  CALL_KEY_LIMIT: 'The account has as many call keys as it may have (`details.limit`). Delete one first.',
  ACCESS_TOKEN_LIMIT:
    'The account has as many active access tokens as it may have (`details.limit`). Revoke one first.',
  AUDIENCE_UNKNOWN: 'The service is not one of `POSTERN_IDENTITY_AUDIENCES`.',
  SCOPE_NOT_ALLOWED: 'The scopes are empty or repeated, or the role of the caller doesn’t allow one of them.',
  WEBHOOK_URL_REFUSED:
    'Events can’t be sent to this URL: it isn’t https, contains a user, its name has no address, or one of its addresses isn’t public.',
  WEBHOOK_LIMIT: 'There are as many webhooks as there may be (`details.limit`). Delete one first.',
  INVALID_VALUE: 'The value can’t be used. The message says which values can, and `details` has the numbers.',
  EMAIL_TAKEN: 'Another account has the email address, or can still restore it.',
  ON_SELF: 'Administrators can’t do this to their own account.',
  RANK: 'Administrators can only manage accounts with a lower role than theirs.',
  LAST_ROOT: 'The change would leave no ROOT who can sign in.',
  REASON_REQUIRED: 'A reason is required. It is recorded and sent to the user.',
  PASSKEY_INVALID:
    'The response of the browser to a registration is wrong, expired or used, or the passkey belongs to another account. Start again.',
  PASSKEY_NOT_SET: 'The account has no passkey. Ask for another second factor.',
  PASSKEY_LIMIT: 'The account has as many passkeys as it may have (`details.limit`). Delete one first.',
  PASSKEYS_OFF: 'Passkeys can’t be added and can’t sign in here; see `policy.passkeys`.',
  NOT_FOUND: 'No object has this ID, or the caller may not access it. The two cases can’t be distinguished.',
};
