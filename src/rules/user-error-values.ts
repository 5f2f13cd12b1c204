import { inSeconds } from '../duration.js';
import { formatDuration } from '../text/format-duration.js';
import type { Locale } from '../text/locale.js';
import type { UserErrorMessage } from './user-error-messages.js';

/** PASSWORD_TOO_SHORT, with the shortest password (in characters). */
export const passwordTooShort = (minimum: number): UserErrorMessage => ({
  EN: `Use at least ${minimum} characters.`,
  ZH: `密码至少需要 ${minimum} 个字符。`,
  details: { minLength: minimum },
});

/** CALL_KEY_LIMIT, with the maximum number of keys of one account. */
export const callKeyLimit = (limit: number): UserErrorMessage => ({
  EN: `You’ve reached the limit of ${limit} ${limit === 1 ? 'key' : 'keys'}. Delete one to create another.`,
  ZH: `密钥数量已达上限（${limit} 个），请先删除不用的密钥。`,
  details: { limit },
});

/** USERNAME_CHANGED_RECENTLY, with the time of the next change and the time until then. */
export function usernameChangedRecently(retryAt: Date, now: Date): UserErrorMessage {
  const wait = (locale: Locale) => formatDuration(inSeconds(retryAt.getTime() - now.getTime()), locale);
  return {
    EN: `You can change your username once every 24 hours. Try again in ${wait('EN')}.`,
    ZH: `用户名每 24 小时只能更改一次，请在 ${wait('ZH')}后重试。`,
    details: { retryAt },
  };
}
