import type { Translated } from '../../../text/locale.js';
import type { Notice } from './notice.js';

const deleteKeysWarning: Translated = {
  EN: 'If this wasn’t you, delete the keys you don’t recognize, reset your API token and change your password now.',
  ZH: '如果不是您本人的操作，请立即删除您不认识的密钥，重置 API 令牌并修改密码。',
};

/** Notices of new `sk-` keys. Programs may create many, so at most one notice per hour is sent. */
export const callKeyNotices = {
  CALL_KEY_CREATED: {
    subject: { EN: 'New call key created', ZH: '已创建新的 API 密钥' },
    text: {
      EN: 'A call key (sk-) was created for your account. Anyone with this key can make AI calls at your expense.',
      ZH: '您的账号创建了一个 API 密钥（sk-）。持有该密钥的人可以调用 AI，费用由您的账号承担。',
    },
    warning: deleteKeysWarning,
    atMostHourly: true,
  },
  CALL_KEY_ROTATED: {
    subject: { EN: 'A call key was replaced', ZH: 'API 密钥已更换' },
    text: {
      EN: 'One of your call keys (sk-) was replaced with a new one.',
      ZH: '您的一个 API 密钥（sk-）已更换为新密钥。',
    },
    warning: deleteKeysWarning,
    atMostHourly: true,
  },
} as const satisfies Readonly<Record<string, Notice>>;
