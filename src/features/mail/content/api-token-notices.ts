import { changePasswordWarning, type Notice } from './notice.js';

/** Notices of the API token. It may be viewed often, so at most one notice of that per hour is sent. */
export const apiTokenNotices = {
  API_TOKEN_VIEWED: {
    subject: { EN: 'Your API token was viewed', ZH: '您的 API 令牌已被查看' },
    text: {
      EN: 'Your API token was viewed on a device signed in to your account.',
      ZH: '有人在已登录您账号的设备上查看了您的 API 令牌。',
    },
    warning: {
      EN: 'If this wasn’t you, reset your API token and change your password now.',
      ZH: '如果不是您本人的操作，请立即重置 API 令牌并修改密码。',
    },
    atMostHourly: true,
  },
  API_TOKEN_RESET: {
    subject: { EN: 'Your API token was reset', ZH: '您的 API 令牌已重置' },
    text: {
      EN: 'Your API token was reset. The old one no longer works.',
      ZH: '您的 API 令牌已重置，旧令牌已失效。',
    },
    warning: changePasswordWarning,
  },
} as const satisfies Readonly<Record<string, Notice>>;
