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

/** Something that would make an account safer, in words for the person, and the mutation that mends it. */
export interface SecurityFinding {
  readonly code: SecurityFindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly mutation: string;
}

/**
 * An API token or a call key that no program has used for so long is most likely forgotten, and may lie about (in ms).
 */
const TOKEN_UNUSED_MS = days(90);

/** So few unused backup codes are too few. */
const FEW_BACKUP_CODES = 3;

/**
 * A remembered session that nobody has used for so long is most likely on a device that is not at hand; others are over
 * by then (in ms).
 */
const SESSION_UNUSED_MS = days(2);

interface Kind extends Omit<SecurityFinding, 'message'> {
  readonly message: Translated;
  readonly isFound: (facts: SecurityFacts, now: number) => boolean;
}

/** Everything that is looked for, the most urgent first. */
const kinds: readonly Kind[] = [
  {
    code: 'PASSWORD_COMMON',
    severity: 'HIGH',
    mutation: 'changePassword',
    isFound: ({ hasCommonPassword }) => hasCommonPassword,
    message: {
      EN: 'The password is one that attackers try first: it is widely used, or little more than your name. Choose another one.',
      ZH: '当前密码是攻击者会最先尝试的密码：它过于常见，或与您的名称过于接近。请更换密码。',
    },
  },
  {
    code: 'TWO_FACTOR_OFF',
    severity: 'HIGH',
    mutation: 'enableTwoFactor',
    isFound: ({ hasTwoFactor }) => !hasTwoFactor,
    message: {
      EN: 'Two-factor authentication is off: whoever learns the password gets in. Turn it on.',
      ZH: '尚未启用双重认证：任何知道密码的人都能登录。请启用双重认证。',
    },
  },
  {
    code: 'FEW_BACKUP_CODES',
    severity: 'MEDIUM',
    mutation: 'regenerateBackupCodes',
    isFound: ({ backupCodesLeft }) => backupCodesLeft !== null && backupCodesLeft <= FEW_BACKUP_CODES,
    message: {
      EN: 'Few backup codes are left: without one, and without the authenticator app, only an administrator can let you in. Make new ones.',
      ZH: '备用码所剩不多：如果备用码用完且身份验证器不可用，只有管理员能帮您恢复登录。请重新生成。',
    },
  },
  {
    code: 'NO_EMAIL',
    severity: 'MEDIUM',
    mutation: 'sendVerificationCode',
    isFound: ({ hasEmail }) => !hasEmail,
    message: {
      EN: 'No email address is bound: a forgotten password cannot be recovered, and nobody tells you when something happens to the account. Bind one.',
      ZH: '尚未绑定邮箱：忘记密码后无法找回，账号发生变化时您也不会收到通知。请绑定邮箱。',
    },
  },
  {
    code: 'API_TOKEN_UNUSED',
    severity: 'MEDIUM',
    mutation: 'resetApiToken',
    isFound: ({ apiTokenLastUsedAt }, now) =>
      apiTokenLastUsedAt !== null && now - apiTokenLastUsedAt.getTime() >= TOKEN_UNUSED_MS,
    message: {
      EN: 'The API token was not used for 90 days. Reset it, so that a copy of it that was left somewhere is worth nothing.',
      ZH: 'API 令牌已有 90 天未使用。请重置令牌，使遗留在别处的旧令牌失效。',
    },
  },
  {
    code: 'CALL_KEY_UNUSED',
    severity: 'MEDIUM',
    mutation: 'deleteCallKeys',
    isFound: ({ callKeyLastUsedAt }, now) =>
      callKeyLastUsedAt !== null && now - callKeyLastUsedAt.getTime() >= TOKEN_UNUSED_MS,
    message: {
      EN: 'A call key (sk-) was not used for 90 days and still works. Delete it, so that a copy of it that was left somewhere is worth nothing.',
      ZH: '有一个调用密钥（sk-）已 90 天未使用但仍然有效。请删除该密钥，使遗留在别处的副本失效。',
    },
  },
  {
    code: 'STALE_SESSION',
    severity: 'LOW',
    mutation: 'revokeSession',
    isFound: ({ otherSessionsLastUsedAt }, now) =>
      otherSessionsLastUsedAt.some((at) => now - at.getTime() >= SESSION_UNUSED_MS),
    message: {
      EN: 'A session was not used for two days and is still open. End it, unless that device is yours and at hand.',
      ZH: '有一个会话已两天未使用但仍处于登录状态。除非该设备在您手边，否则请结束该会话。',
    },
  },
];

/** What would make an account safer, the most urgent first. A machine account has no person to act on it. */
export function securityFindings(facts: SecurityFacts, locale: Locale, now: Date): SecurityFinding[] {
  if (facts.role === 'SERVICE') return [];
  return kinds
    .filter(({ isFound }) => isFound(facts, now.getTime()))
    .map(({ code, severity, mutation, message }) => ({ code, severity, mutation, message: message[locale] }));
}
