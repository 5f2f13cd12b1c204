import { credentialMessages } from '../../rules/credential-settings.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';

/** The error messages of call key settings. Zod schemas refer to them by name, since their messages must be strings. */
export const callKeyMessages = {
  ...credentialMessages,
  model: {
    EN: 'Enter a model name of 1–128 characters without spaces.',
    ZH: '请输入 1–128 个字符的模型名称，不能包含空格。',
    details: { minLength: 1, maxLength: 128 },
  },
  quota: { EN: 'Quota can’t be negative.', ZH: '额度不能为负数。' },
  missingPeriod: { EN: 'Choose how often the quota renews.', ZH: '请选择额度的重置周期。' },
  missingPeriodQuota: { EN: 'Enter the quota per period.', ZH: '请输入每个周期的额度。' },
  timeZone: {
    EN: 'Choose a time zone, such as Europe/Berlin.',
    ZH: '请选择时区，例如 Asia/Shanghai。',
  },
  limit: { EN: 'Enter 1 or more.', ZH: '请输入不小于 1 的整数。' },
  status: { EN: 'Choose ACTIVE or DISABLED.', ZH: '请选择 ACTIVE 或 DISABLED。' },
  past: {
    EN: 'Choose a future date. To stop the key now, turn it off.',
    ZH: '请选择将来的时间。如需立即停用，请直接停用该密钥。',
  },
  tooLate: { EN: 'Choose a date before the year 10000.', ZH: '请选择公元 10000 年之前的日期。' },
} as const satisfies Readonly<Record<string, UserErrorMessage>>;

export type CallKeyMessage = keyof typeof callKeyMessages;
