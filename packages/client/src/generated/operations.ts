/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Input of confirmIdentity. */
export type ConfirmIdentityInput = {
  /** A new second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED). */
  factor?: SecondFactorInput | null | undefined;
  /** The password. Required (PASSWORD_REQUIRED) unless the factor is a passkey with user verification. */
  password?: string | null | undefined;
};

/** A way to verify a user’s identity. */
export type Factor =
  /** A backup code, saved when two-factor authentication was turned on. */
  | 'BACKUP_CODE'
  /** A passkey (WebAuthn). */
  | 'PASSKEY'
  /** The password. */
  | 'PASSWORD'
  /** A six-digit code from an authenticator app (RFC 6238). */
  | 'TOTP';

/** Input of login. */
export type LoginInput = {
  /** How the session reaches the client. */
  delivery?: SessionDelivery;
  /** The username or the bound email address. */
  login: string;
  /** The password, exactly as it was set. */
  password: string;
  /** Whether the session outlives the browser. Ignored for administrators. */
  rememberMe?: boolean;
};

/** Input of loginWithPasskey. */
export type LoginWithPasskeyInput = {
  /** How the session reaches the client. */
  delivery?: SessionDelivery;
  /** Whether the session outlives the browser. Ignored for administrators. */
  rememberMe?: boolean;
  /** The AuthenticationResponseJSON. User verification is required. */
  response: unknown;
};

/** Input of registerPasskey. */
export type RegisterPasskeyInput = {
  /** 1 to 64 characters. If not given, the name of the provider, or “Passkey”. */
  name?: string | null | undefined;
  /** The RegistrationResponseJSON. */
  response: unknown;
};

/** What an account may do. USER < ADMIN < ROOT. */
export type Role =
  /** Manages accounts with a lower role. */
  | 'ADMIN'
  /** Manages all accounts, including administrators. */
  | 'ROOT'
  /** The account of a service, such as a gateway. It can’t sign in. */
  | 'SERVICE'
  /** Manages their own account. */
  | 'USER';

/** A second factor: exactly one of totpCode, backupCode and passkey. */
export type SecondFactorInput =
  {   /** A backup code. It works once. */
  backupCode: string; passkey?: never; totpCode?: never; }
  |  { backupCode?: never;   /** The AuthenticationResponseJSON of a passkey. */
  passkey: unknown; totpCode?: never; }
  |  { backupCode?: never; passkey?: never;   /** The six-digit code from the authenticator app. */
  totpCode: string; };

/** How a session reaches the client. Never both ways. */
export type SessionDelivery =
  /** A bearer token in the response, for other clients. */
  | 'BEARER'
  /** An HttpOnly cookie, for browsers. */
  | 'COOKIE';

/** Input of startPasskeyRegistration. */
export type StartPasskeyRegistrationInput = {
  /** A second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED), unless this session was opened with a backup code. */
  factor?: SecondFactorInput | null | undefined;
  /** The password. Required (PASSWORD_REQUIRED) unless the factor is a passkey with user verification. */
  password?: string | null | undefined;
};

/** Why a mutation refused its input. */
export type UserErrorCode =
  /** The account has as many active access tokens as it may have (`details.limit`). Revoke one first. */
  | 'ACCESS_TOKEN_LIMIT'
  /** The account is disabled. An administrator can enable it. */
  | 'ACCOUNT_DISABLED'
  /** The account has no API token. Create one with `resetApiToken`. */
  | 'API_TOKEN_NOT_SET'
  /** The service is not one of `POSTERN_IDENTITY_AUDIENCES`. */
  | 'AUDIENCE_UNKNOWN'
  /** The account has as many call keys as it may have (`details.limit`). Delete one first. */
  | 'CALL_KEY_LIMIT'
  /** Email can’t be sent to this address. */
  | 'EMAIL_INVALID'
  /** Another account has the email address, or can still restore it. */
  | 'EMAIL_TAKEN'
  /** The current password is wrong. Ask for it again. */
  | 'INCORRECT_PASSWORD'
  /** The code is wrong, expired or used. Ask for the newest code. */
  | 'INVALID_CODE'
  /** The username, password, code or challenge is wrong, expired or used. All of them answer alike. Ask the user to try again, or to sign in again when a challenge was used. */
  | 'INVALID_CREDENTIALS'
  /** The link or setup token is wrong, expired or used. Request a new one. */
  | 'INVALID_TOKEN'
  /** The value can’t be used. The message says which values can, and `details` has the numbers. */
  | 'INVALID_VALUE'
  /** The change would leave no ROOT who can sign in. */
  | 'LAST_ROOT'
  /** This server sends no email. An administrator can create a password link instead. */
  | 'MAIL_OFF'
  /** No object has this ID, or the caller may not access it. The two cases can’t be distinguished. */
  | 'NOT_FOUND'
  /** Administrators can’t do this to their own account. */
  | 'ON_SELF'
  /** Passkeys can’t be added and can’t sign in here; see `policy.passkeys`. */
  | 'PASSKEYS_OFF'
  /** The response of the browser to a registration is wrong, expired or used, or the passkey belongs to another account. Start again. */
  | 'PASSKEY_INVALID'
  /** The account has as many passkeys as it may have (`details.limit`). Delete one first. */
  | 'PASSKEY_LIMIT'
  /** The account has no passkey. Ask for another second factor. */
  | 'PASSKEY_NOT_SET'
  /** The password and its confirmation differ. */
  | 'PASSWORDS_DIFFER'
  /** The password is the username or email address, or similar to it. Ask the user for another one. */
  | 'PASSWORD_CONTAINS_IDENTITY'
  /** The password is required because the session has no recent step-up. Ask for it. */
  | 'PASSWORD_REQUIRED'
  /** The password is easy to guess. Ask the user for another one. */
  | 'PASSWORD_TOO_COMMON'
  /** The password has more characters than `policy.passwordMaxLength`, or more than 512 bytes. */
  | 'PASSWORD_TOO_LONG'
  /** The password has fewer characters than `policy.passwordMinLength`. */
  | 'PASSWORD_TOO_SHORT'
  /** The new password is the current one. Ask the user for another one. */
  | 'PASSWORD_UNCHANGED'
  /** Administrators can only manage accounts with a lower role than theirs. */
  | 'RANK'
  /** A reason is required. It is recorded and sent to the user. */
  | 'REASON_REQUIRED'
  /** Sign-up is turned off. An administrator can create an account. */
  | 'REGISTRATION_CLOSED'
  /** The scopes are empty or repeated, or the role of the caller doesn’t allow one of them. */
  | 'SCOPE_NOT_ALLOWED'
  /** Two-factor authentication is on. Ask for a code and send it as `factor`. */
  | 'SECOND_FACTOR_REQUIRED'
  /** Two-factor authentication is off, so there is nothing to turn off, replace or reset. */
  | 'TWO_FACTOR_NOT_ENABLED'
  /** The username was changed within the last 24 hours. `details.retryAt` says when to try again. */
  | 'USERNAME_CHANGED_RECENTLY'
  /** The username doesn’t match `policy.usernamePattern`. */
  | 'USERNAME_INVALID'
  /** The username is reserved for the platform. */
  | 'USERNAME_RESERVED'
  /** Another account has the username, or had it within the last 30 days. */
  | 'USERNAME_TAKEN'
  /** There are as many webhooks as there may be (`details.limit`). Delete one first. */
  | 'WEBHOOK_LIMIT'
  /** Events can’t be sent to this URL: it isn’t https, contains a user, its name has no address, or one of its addresses isn’t public. */
  | 'WEBHOOK_URL_REFUSED';

/** Input of verifySecondFactor. `delivery` and `rememberMe` are taken from the login. */
export type VerifySecondFactorInput = {
  /** The challenge returned by login. */
  challenge: string;
  /** The second factor. */
  factor: SecondFactorInput;
  /** Whether to skip the second step in this browser for `policy.trustedBrowserDays`. Ignored for administrators, with BEARER, with a backup code, and if trusted browsers are turned off. */
  trustBrowser?: boolean;
};

export type ConfirmIdentityMutationVariables = Exact<{
  input: ConfirmIdentityInput;
}>;


export type ConfirmIdentityMutation = { confirmIdentity: { stepUpExpiresAt: string | null, session: { token: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type StartPasskeyConfirmationMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyConfirmationMutation = { startPasskeyConfirmation: { options: unknown, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login: { user: { id: string, username: string, role: Role } | null, session: { token: string | null } | null, secondFactor: { challenge: string, factors: Array<Factor>, passkeyOptions: unknown } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type VerifySecondFactorMutationVariables = Exact<{
  input: VerifySecondFactorInput;
}>;


export type VerifySecondFactorMutation = { verifySecondFactor: { passkeyOptions: unknown, user: { id: string, username: string, role: Role } | null, session: { token: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type StartPasskeyLoginMutationVariables = Exact<{ [key: string]: never; }>;


export type StartPasskeyLoginMutation = { startPasskeyLogin: { options: unknown, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type LoginWithPasskeyMutationVariables = Exact<{
  input: LoginWithPasskeyInput;
}>;


export type LoginWithPasskeyMutation = { loginWithPasskey: { user: { id: string, username: string, role: Role } | null, session: { token: string | null } | null, secondFactor: { challenge: string, factors: Array<Factor>, passkeyOptions: unknown } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type StartPasskeyRegistrationMutationVariables = Exact<{
  input?: StartPasskeyRegistrationInput | null | undefined;
}>;


export type StartPasskeyRegistrationMutation = { startPasskeyRegistration: { options: unknown, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type RegisterPasskeyMutationVariables = Exact<{
  input: RegisterPasskeyInput;
}>;


export type RegisterPasskeyMutation = { registerPasskey: { backupCodes: Array<string> | null, passkey: { id: string, name: string } | null, session: { token: string | null } | null, userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { logout: { userErrors: Array<{ code: UserErrorCode, field: Array<string> | null, message: string }> } | null };
