import type { Locale, Translated } from '../../text/locale.js';
import type { SecurityFacts } from './find-security-facts.js';
import { findExpiringAccessTokens, findUnusedAccessTokens } from './access-token-findings.js';
import {
  findUnusedApiToken,
  findUnusedCallKeys,
  findUnusedSessions,
  type FindingSubject,
  type Found,
} from './unused-credentials.js';

export type SecurityFindingCode =
  | 'NO_EMAIL'
  | 'TWO_FACTOR_OFF'
  | 'FEW_BACKUP_CODES'
  | 'NO_PASSKEY'
  | 'PASSWORD_COMMON'
  | 'API_TOKEN_UNUSED'
  | 'CALL_KEY_UNUSED'
  | 'ACCESS_TOKEN_EXPIRING'
  | 'ACCESS_TOKEN_UNUSED'
  | 'STALE_SESSION';
export type Severity = 'HIGH' | 'MEDIUM' | 'LOW';

/** A finding with a message for the user and the mutation that resolves it. */
export interface SecurityFinding {
  readonly code: SecurityFindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly mutation: string;
  /** Null if it is about the account itself. */
  readonly subject: FindingSubject | null;
}

/** The number of unused backup codes from which on there is a finding. */
const FEW_BACKUP_CODES = 3;

interface FindingRule extends Pick<SecurityFinding, 'code' | 'severity' | 'mutation'> {
  readonly find: (facts: SecurityFacts, now: number) => readonly Found[];
}

/** A finding about the account itself. */
const ofAccount =
  (isFound: (facts: SecurityFacts) => boolean, message: Translated): FindingRule['find'] =>
  (facts) =>
    isFound(facts) ? [{ subject: null, message }] : [];

/** All findings, most important first. */
const findingRules: readonly FindingRule[] = [
  {
    code: 'PASSWORD_COMMON',
    severity: 'HIGH',
    mutation: 'changePassword',
    find: ofAccount(({ hasCommonPassword }) => hasCommonPassword, {
      EN: 'Your password is easy to guess. Change it.',
      ZH: '您的密码容易被猜到，请更换密码。',
    }),
  },
  {
    code: 'TWO_FACTOR_OFF',
    severity: 'HIGH',
    mutation: 'enableTwoFactor',
    find: ofAccount(({ hasTwoFactor }) => !hasTwoFactor, {
      EN: 'Turn on two-factor authentication, so a stolen password isn’t enough to sign in.',
      ZH: '请启用双重认证，这样即使密码被盗，他人也无法登录。',
    }),
  },
  {
    code: 'FEW_BACKUP_CODES',
    severity: 'MEDIUM',
    mutation: 'regenerateBackupCodes',
    find: ofAccount(({ backupCodesLeft }) => backupCodesLeft !== null && backupCodesLeft <= FEW_BACKUP_CODES, {
      EN: 'You have few backup codes left. Generate new ones so you don’t get locked out.',
      ZH: '您的备用码所剩不多，请重新生成，以免无法登录。',
    }),
  },
  {
    code: 'NO_EMAIL',
    severity: 'MEDIUM',
    mutation: 'sendVerificationCode',
    // Without mail, the user could not resolve it.
    find: ofAccount(({ hasEmail, canBindEmail }) => !hasEmail && canBindEmail, {
      EN: 'Add an email address to recover your password and get security alerts.',
      ZH: '请绑定邮箱，以便找回密码并接收安全通知。',
    }),
  },
  {
    code: 'API_TOKEN_UNUSED',
    severity: 'MEDIUM',
    mutation: 'resetApiToken',
    find: findUnusedApiToken,
  },
  {
    code: 'CALL_KEY_UNUSED',
    severity: 'MEDIUM',
    mutation: 'deleteCallKeys',
    find: findUnusedCallKeys,
  },
  {
    code: 'ACCESS_TOKEN_EXPIRING',
    severity: 'MEDIUM',
    mutation: 'rotateAccessToken',
    find: findExpiringAccessTokens,
  },
  {
    code: 'ACCESS_TOKEN_UNUSED',
    severity: 'MEDIUM',
    mutation: 'revokeAccessTokens',
    find: findUnusedAccessTokens,
  },
  {
    code: 'NO_PASSKEY',
    severity: 'LOW',
    mutation: 'startPasskeyRegistration',
    find: ofAccount(({ lacksPasskey }) => lacksPasskey, {
      EN: 'Add a passkey to sign in with your fingerprint, face or PIN. It can’t be phished.',
      ZH: '添加通行密钥后，可使用指纹、面容或 PIN 登录，并能抵御钓鱼网站。',
    }),
  },
  {
    code: 'STALE_SESSION',
    severity: 'LOW',
    mutation: 'revokeSession',
    find: findUnusedSessions,
  },
];

/**
 * The findings of an account, most important first; those with the same code in the order of their subjects, longest
 * unused first. A service account has none, since no user could resolve them.
 */
export function securityFindings(facts: SecurityFacts, locale: Locale, now: Date): SecurityFinding[] {
  if (facts.role === 'SERVICE') return [];
  return findingRules.flatMap(({ find, ...rule }) =>
    find(facts, now.getTime()).map(({ subject, message }) => ({ ...rule, subject, message: message[locale] })),
  );
}
