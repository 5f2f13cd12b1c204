import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import type { Notice } from './notice.js';

const revokeWarning = {
  EN: 'If this wasn’t you, revoke the token and change your password now.',
  ZH: '如果不是您本人的操作，请立即撤销该令牌并修改密码。',
};

/** Notices of access tokens. */
export const accessTokenNotices = {
  ACCESS_TOKEN_CREATED: {
    subject: { EN: 'An access token was created', ZH: '您的账号创建了访问令牌' },
    text: {
      EN: 'An access token was created for your account. A program can use it to do what you chose.',
      ZH: '您的账号创建了一个访问令牌，程序可凭其执行您所选权限内的操作。',
    },
    warning: revokeWarning,
  },
  ACCESS_TOKEN_ROTATED: {
    subject: { EN: 'An access token was replaced', ZH: '您的访问令牌已更换' },
    text: {
      EN: 'An access token of your account was replaced by a new one.',
      ZH: '您账号的一个访问令牌已被新令牌取代。',
    },
    warning: revokeWarning,
  },
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;

/** The notice of ACCESS_TOKEN_UPDATED when the token can be used from more addresses. */
export const addressesWidenedNotice: Notice = {
  subject: { EN: 'An access token works from more addresses', ZH: '访问令牌的允许地址已扩大' },
  text: {
    EN: 'An access token of your account can now be used from more IP addresses.',
    ZH: '您账号的一个访问令牌现在可在更多 IP 地址使用。',
  },
  warning: revokeWarning,
};
