import type { Translated } from '../../../text/locale.js';
import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import type { Notice } from './notice.js';

const askAdministrator: Translated = {
  EN: 'If you did not expect this, ask an administrator.',
  ZH: '如果您对此不知情，请联系管理员。',
};

/** The notices of what administrators do to an account. The mail gives the administrator’s reason, too. */
export const administrationNotices = {
  USER_STATUS_SET: {
    subject: { EN: 'Your account was disabled or enabled', ZH: '您的账号已被停用或启用' },
    text: {
      EN: 'An administrator set whether your account can be used: ACTIVE is enabled, DISABLED is not. All sessions have ended.',
      ZH: '管理员更改了您账号的可用状态：ACTIVE 表示已启用，DISABLED 表示已停用。所有登录会话均已结束。',
    },
    warning: askAdministrator,
  },
  USER_ROLE_SET: {
    subject: { EN: 'Your account has another role', ZH: '您的账号角色已更改' },
    text: {
      EN: 'An administrator gave your account another role. All sessions have ended: sign in again.',
      ZH: '管理员更改了您账号的角色。所有登录会话均已结束，请重新登录。',
    },
    warning: askAdministrator,
  },
  USER_TWO_FACTOR_RESET: {
    subject: { EN: 'Two-factor authentication was reset by an administrator', ZH: '管理员已重置您的双重认证' },
    text: {
      EN: 'From now on your password alone is enough to sign in. All sessions have ended, and the API token does not work any more. Turn two-factor authentication on again.',
      ZH: '从现在起，仅凭密码即可登录。所有登录会话均已结束，API 令牌已失效。请重新启用双重认证。',
    },
    warning: {
      EN: 'If you did not ask for this, change your password now, and ask an administrator.',
      ZH: '如果您没有提出此请求，请立即修改密码并联系管理员。',
    },
  },
  USER_SESSIONS_REVOKED: {
    subject: { EN: 'You were signed out everywhere', ZH: '您已在所有设备上退出登录' },
    text: {
      EN: 'An administrator ended all sessions of your account. Sign in again.',
      ZH: '管理员结束了您账号的所有登录会话，请重新登录。',
    },
    warning: askAdministrator,
  },
  USER_DELETED: {
    subject: { EN: 'Your account was deleted', ZH: '您的账号已被删除' },
    text: {
      EN: 'An administrator deleted your account. For 30 days it can be restored; then everything about you is erased.',
      ZH: '管理员删除了您的账号。30 天内可以恢复，之后您的所有信息将被清除。',
    },
    warning: askAdministrator,
  },
  USER_RESTORED: {
    subject: { EN: 'Your account was restored', ZH: '您的账号已恢复' },
    text: { EN: 'An administrator restored your account. Sign in again.', ZH: '管理员恢复了您的账号，请重新登录。' },
    warning: askAdministrator,
  },
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;
