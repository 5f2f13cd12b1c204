import { days } from '../../duration.js';
import type { Locale, Translated } from '../../text/locale.js';
import type { SecurityFacts } from './find-security-facts.js';

export type SecurityFindingCode =
  | 'NO_EMAIL'
  | 'TWO_FACTOR_OFF'
  | 'FEW_BACKUP_CODES'
  | 'PASSWORD_COMMON'
  | 'API_TOKEN_UNUSED'
  | 'CALL_KEY_UNUSED'
  | 'STALE_SESSION';
export type Severity = 'HIGH' | 'MEDIUM' | 'LOW';

/** A finding with a message for the user and the mutation that resolves it. */
export interface SecurityFinding {
  readonly code: SecurityFindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly mutation: string;
}

/** After this long, an unused API token or call key is probably forgotten and may have leaked. */
const TOKEN_UNUSED_MS = days(90);

/** The number of unused backup codes from which on there is a finding. */
const FEW_BACKUP_CODES = 3;

/**
 * After this long, an unused remembered session is probably on a device that its owner no longer uses. Other sessions
 * expire before.
 */
const SESSION_UNUSED_MS = days(2);

interface FindingRule extends Omit<SecurityFinding, 'message'> {
  readonly message: Translated;
  readonly isFound: (facts: SecurityFacts, now: number) => boolean;
}

/** All findings, most important first. */
const findingRules: readonly FindingRule[] = [
  {
    code: 'PASSWORD_COMMON',
    severity: 'HIGH',
    mutation: 'changePassword',
    isFound: ({ hasCommonPassword }) => hasCommonPassword,
    message: {
      EN: 'Your password is easy to guess. Change it.',
      ZH: '您的密码容易被猜到，请更换密码。',
    },
  },
  {
    code: 'TWO_FACTOR_OFF',
    severity: 'HIGH',
    mutation: 'enableTwoFactor',
    isFound: ({ hasTwoFactor }) => !hasTwoFactor,
    message: {
      EN: 'Turn on two-factor authentication, so a stolen password isn’t enough to sign in.',
      ZH: '请启用双重认证，这样即使密码被盗，他人也无法登录。',
    },
  },
  {
    code: 'FEW_BACKUP_CODES',
    severity: 'MEDIUM',
    mutation: 'regenerateBackupCodes',
    isFound: ({ backupCodesLeft }) => backupCodesLeft !== null && backupCodesLeft <= FEW_BACKUP_CODES,
    message: {
      EN: 'You have few backup codes left. Generate new ones so you don’t get locked out.',
      ZH: '您的备用码所剩不多，请重新生成，以免无法登录。',
    },
  },
  {
    code: 'NO_EMAIL',
    severity: 'MEDIUM',
    mutation: 'sendVerificationCode',
    isFound: ({ hasEmail }) => !hasEmail,
    message: {
      EN: 'Add an email address to recover your password and get security alerts.',
      ZH: '请绑定邮箱，以便找回密码并接收安全通知。',
    },
  },
  {
    code: 'API_TOKEN_UNUSED',
    severity: 'MEDIUM',
    mutation: 'resetApiToken',
    isFound: ({ apiTokenLastUsedAt }, now) =>
      apiTokenLastUsedAt !== null && now - apiTokenLastUsedAt.getTime() >= TOKEN_UNUSED_MS,
    message: {
      EN: 'Your API token hasn’t been used in 90 days. Reset it so old copies stop working.',
      ZH: '您的 API 令牌已有 90 天未使用。请重置令牌，使旧令牌失效。',
    },
  },
  {
    code: 'CALL_KEY_UNUSED',
    severity: 'MEDIUM',
    mutation: 'deleteCallKeys',
    isFound: ({ callKeyLastUsedAt }, now) =>
      callKeyLastUsedAt !== null && now - callKeyLastUsedAt.getTime() >= TOKEN_UNUSED_MS,
    message: {
      EN: 'A call key (sk-) hasn’t been used in 90 days. Delete keys you no longer use.',
      ZH: '有一个 API 密钥（sk-）已有 90 天未使用。请删除不再使用的密钥。',
    },
  },
  {
    code: 'STALE_SESSION',
    severity: 'LOW',
    mutation: 'revokeSession',
    isFound: ({ otherSessionsLastUsedAt }, now) =>
      otherSessionsLastUsedAt.some((at) => now - at.getTime() >= SESSION_UNUSED_MS),
    message: {
      EN: 'A device has been signed in without activity for two days. Sign out devices you no longer use.',
      ZH: '有一台设备已登录但两天未使用。请退出不再使用的设备。',
    },
  },
];

/** The findings of an account, most important first. A service account has none, since no user could resolve them. */
export function securityFindings(facts: SecurityFacts, locale: Locale, now: Date): SecurityFinding[] {
  if (facts.role === 'SERVICE') return [];
  return findingRules
    .filter(({ isFound }) => isFound(facts, now.getTime()))
    .map(({ code, severity, mutation, message }) => ({ code, severity, mutation, message: message[locale] }));
}
