import type { Translated } from '../text/locale.js';

/**
 * The numbers behind a user error, for clients that write their own text. Numbers that don't apply are absent. Lengths
 * are in characters (Unicode code points).
 */
export interface UserErrorDetails {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The maximum of a number or of entries. */
  readonly limit?: number;
  /** When the same request can succeed. */
  readonly retryAt?: Date;
}

/** The message of a user error, with the numbers that it names or that its rule compares with. */
export interface UserErrorMessage extends Translated {
  readonly details?: UserErrorDetails;
}

/**
 * The default message of each user error. The codes are the values of the enum `UserErrorCode` in the schema. Messages
 * with a value are in `user-error-values.ts`.
 */
export const userErrorMessages = {
  INVALID_CREDENTIALS: { EN: 'Incorrect username or password.', ZH: '用户名或密码错误。' },
  INCORRECT_PASSWORD: { EN: 'Incorrect password.', ZH: '密码错误。' },
  INVALID_CODE: {
    EN: 'Incorrect or expired code. Enter the newest one.',
    ZH: '验证码错误或已过期，请输入最新的验证码。',
  },
  PASSWORD_REQUIRED: { EN: 'Enter your password too.', ZH: '请同时输入密码。' },
  SECOND_FACTOR_REQUIRED: { EN: 'Enter a two-factor code too.', ZH: '请同时输入双重认证验证码。' },
  TWO_FACTOR_NOT_ENABLED: { EN: 'Two-factor authentication is not turned on.', ZH: '尚未启用双重认证。' },
  INVALID_TOKEN: {
    EN: 'This link is invalid or has expired. Request a new one.',
    ZH: '链接无效或已过期，请重新获取。',
  },
  PASSWORD_TOO_SHORT: { EN: 'Use a longer password.', ZH: '密码太短。' },
  PASSWORD_TOO_LONG: {
    EN: 'Use at most 128 characters (512 bytes).',
    ZH: '密码最多 128 个字符（512 字节）。',
    details: { maxLength: 128 },
  },
  PASSWORD_TOO_COMMON: { EN: 'This password is too common. Choose another.', ZH: '密码过于常见，请换一个。' },
  PASSWORD_CONTAINS_IDENTITY: {
    EN: 'Don’t use your username or email in your password.',
    ZH: '密码中请勿使用您的用户名或邮箱。',
  },
  PASSWORD_UNCHANGED: { EN: 'Choose a password you aren’t using now.', ZH: '新密码不能与当前密码相同。' },
  PASSWORDS_DIFFER: { EN: 'Passwords don’t match.', ZH: '两次输入的密码不一致。' },
  MAIL_OFF: {
    EN: 'Email is turned off on this server. Ask an administrator for help.',
    ZH: '此服务器未启用邮件功能，请联系管理员。',
  },
  EMAIL_INVALID: {
    EN: 'Enter a valid email address.',
    ZH: '请输入正确的邮箱地址。',
    details: { maxLength: 254 },
  },
  USERNAME_INVALID: {
    EN: 'Use 3–32 characters: letters, numbers, and . _ - in the middle.',
    ZH: '用户名须为 3–32 个字符：字母、数字，以及位于中间的 . _ -。',
    details: { minLength: 3, maxLength: 32 },
  },
  USERNAME_RESERVED: { EN: 'This username is reserved. Choose another.', ZH: '该用户名为系统保留，请换一个。' },
  USERNAME_TAKEN: { EN: 'This username is already in use.', ZH: '该用户名已被使用。' },
  USERNAME_CHANGED_RECENTLY: {
    EN: 'You can change your username once every 24 hours.',
    ZH: '用户名每 24 小时只能更改一次。',
  },
  REGISTRATION_CLOSED: {
    EN: 'Sign-up is turned off. Ask an administrator to create an account for you.',
    ZH: '未开放注册，请联系管理员为您创建账号。',
  },
  ACCOUNT_DISABLED: {
    EN: 'Your account is disabled. Contact an administrator.',
    ZH: '您的账号已停用，请联系管理员。',
  },
  API_TOKEN_NOT_SET: {
    EN: 'You don’t have an API token yet. Create one first.',
    ZH: '您还没有 API 令牌，请先创建。',
  },
  ACCESS_TOKEN_LIMIT: {
    EN: 'You’ve reached the limit of 50 access tokens. Revoke one to create another.',
    ZH: '访问令牌数量已达上限（50 个），请先撤销不用的令牌。',
    details: { limit: 50 },
  },
  SCOPE_NOT_ALLOWED: {
    EN: 'Choose at least one scope, and only those that your role allows.',
    ZH: '请至少选择一项权限，且只能选择您的角色允许的权限。',
  },
  AUDIENCE_UNKNOWN: {
    EN: 'This server issues no tokens for this service. Ask an administrator to add it.',
    ZH: '此服务器不为该服务签发令牌，请联系管理员添加。',
  },
  CALL_KEY_LIMIT: {
    EN: 'You’ve reached the limit of keys. Delete one to create another.',
    ZH: '密钥数量已达上限，请先删除不用的密钥。',
  },
  WEBHOOK_URL_REFUSED: {
    EN: 'Enter an https URL of a server on the public internet, without a username or password.',
    ZH: '请输入公网服务器的 https 网址，且不含用户名和密码。',
  },
  WEBHOOK_LIMIT: {
    EN: 'You’ve reached the limit of 20 webhooks. Delete one to create another.',
    ZH: '最多可创建 20 个 Webhook，请先删除不用的 Webhook。',
    details: { limit: 20 },
  },
  INVALID_VALUE: { EN: 'Enter a valid value.', ZH: '请输入有效的内容。' },
  EMAIL_TAKEN: { EN: 'This email address is already in use.', ZH: '该邮箱已被使用。' },
  ON_SELF: {
    EN: 'You can’t do this to your own account. Ask another administrator.',
    ZH: '不能对自己的账号执行此操作，请联系其他管理员。',
  },
  RANK: {
    EN: 'You can only manage accounts with a lower role than yours.',
    ZH: '您只能管理级别低于您的账号。',
  },
  LAST_ROOT: { EN: 'At least one ROOT must be able to sign in.', ZH: '这是最后一位可登录的超级管理员。' },
  REASON_REQUIRED: { EN: 'Enter a reason.', ZH: '请填写原因。' },
  PASSKEY_INVALID: {
    EN: 'This passkey couldn’t be added. Try again, or use another device.',
    ZH: '无法添加该通行密钥，请重试，或使用其他设备。',
  },
  PASSKEY_NOT_SET: { EN: 'You don’t have a passkey yet.', ZH: '您还没有通行密钥。' },
  PASSKEY_LIMIT: {
    EN: 'You can have at most 20 passkeys. Delete one to add another.',
    ZH: '最多可添加 20 个通行密钥，请先删除不用的通行密钥。',
    details: { limit: 20 },
  },
  PASSKEYS_OFF: {
    EN: 'Passkeys aren’t available at this address.',
    ZH: '此地址无法使用通行密钥。',
  },
  NOT_FOUND: { EN: 'Not found.', ZH: '内容不存在或已删除。' },
} as const satisfies Record<string, UserErrorMessage>;

/** Why a rule refuses. */
export type UserErrorCode = keyof typeof userErrorMessages;

/** INVALID_CREDENTIALS at the second step of a sign-in. */
export const incorrectSecondFactor: Translated = {
  EN: 'Incorrect code. Enter the current code, or sign in again.',
  ZH: '验证码错误，请输入最新的验证码，或重新登录。',
};

/** INVALID_CREDENTIALS at a sign-in with a passkey. */
export const passkeyNotAccepted: Translated = {
  EN: 'This passkey wasn’t accepted. Try again, or use your password.',
  ZH: '通行密钥未通过验证，请重试，或使用密码登录。',
};

/** INVALID_VALUE for new backup codes with both proofs or none. */
export const eitherCodeOrFactor: Translated = {
  EN: 'Enter either the code from your app or another second factor.',
  ZH: '请输入身份验证器中的验证码，或改用其他一种验证方式。',
};
