import type { Translated } from '../../../text/locale.js';
import type { Notice } from './notice.js';

const deleteCallKeys: Translated = {
  EN: 'If this wasn’t you, delete the call keys that you do not know, reset the API token and change your password now.',
  ZH: '如果不是您本人的操作，请立即删除您不认识的调用密钥，重置 API 令牌并修改密码。',
};

/** The notices of `sk-` keys that were made. A program may make many: one notice an hour is enough. */
export const callKeyNotices = {
  CALL_KEY_CREATED: {
    subject: { EN: 'A new AI call key was made', ZH: '已创建新的 AI 调用密钥' },
    text: {
      EN: 'Somebody made an AI call key (sk-) for your account. Whoever has it can make calls at your expense.',
      ZH: '有人为您的账号创建了 AI 调用密钥（sk-）。持有该密钥的人可以用您的账号进行调用。',
    },
    warning: deleteCallKeys,
    atMostHourly: true,
  },
  CALL_KEY_ROTATED: {
    subject: { EN: 'An AI call key got a new secret', ZH: 'AI 调用密钥已更换' },
    text: {
      EN: 'Somebody gave one of your AI call keys (sk-) a new secret.',
      ZH: '有人更换了您的一个 AI 调用密钥（sk-）。',
    },
    warning: deleteCallKeys,
    atMostHourly: true,
  },
} as const satisfies Readonly<Record<string, Notice>>;
