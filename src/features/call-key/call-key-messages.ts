import type { UserErrorMessage } from '../../rules/user-error-messages.js';

/** Maximum number of models or addresses of one call key. */
export const MAXIMUM_ENTRIES = 100;

/** The error messages of call key settings. Zod schemas refer to them by name, since their messages must be strings. */
export const callKeyMessages = {
  name: {
    EN: 'Use 1–64 visible characters, without control characters.',
    ZH: '请使用 1–64 个可见字符，不能包含控制字符。',
    details: { minLength: 1, maxLength: 64 },
  },
  model: {
    EN: 'Enter a model name of 1–128 characters without spaces.',
    ZH: '请输入 1–128 个字符的模型名称，不能包含空格。',
    details: { minLength: 1, maxLength: 128 },
  },
  range: {
    EN: 'Enter an IP address or range, such as 203.0.113.0/24.',
    ZH: '请输入 IP 地址或网段，例如 203.0.113.0/24。',
  },
  entries: {
    EN: `Enter at most ${MAXIMUM_ENTRIES} entries.`,
    ZH: `最多输入 ${MAXIMUM_ENTRIES} 项。`,
    details: { limit: MAXIMUM_ENTRIES },
  },
  quota: { EN: 'Quota can’t be negative.', ZH: '额度不能为负数。' },
  status: { EN: 'Choose ACTIVE or DISABLED.', ZH: '请选择 ACTIVE 或 DISABLED。' },
  past: {
    EN: 'Choose a future date. To stop the key now, turn it off.',
    ZH: '请选择将来的时间。如需立即停用，请直接停用该密钥。',
  },
  tooLate: { EN: 'Choose a date before the year 10000.', ZH: '请选择公元 10000 年之前的日期。' },
} as const satisfies Readonly<Record<string, UserErrorMessage>>;

export type CallKeyMessage = keyof typeof callKeyMessages;
