import type { Translated } from '../../text/locale.js';

/** What makes a good password, in words; it names the fewest characters that this place takes. */
export const passwordAdvice: Translated<(minimumLength: number) => string> = {
  EN: (minimumLength) =>
    `Use at least ${minimumLength} characters. We recommend upper and lower case letters, numbers and special characters, and a password that you use nowhere else.`,
  ZH: (minimumLength) =>
    `至少 ${minimumLength} 个字符。建议同时使用大小写字母、数字和特殊字符，并且不要与其他网站的密码相同。`,
};
