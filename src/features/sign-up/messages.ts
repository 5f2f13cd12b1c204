import type { Translated } from '../../text/locale.js';

/** INVALID_TOKEN for a setup token when a ROOT exists. */
export const alreadySetUp: Translated = {
  EN: 'This server is already set up. Sign in instead.',
  ZH: '此服务器已完成初始化，请直接登录。',
};

/** INVALID_TOKEN for the setup token. */
export const invalidSetupToken: Translated = {
  EN: 'This setup token is invalid or has expired. Restart the server to get a new one.',
  ZH: '设置令牌无效或已过期，请重启服务器以获取新的令牌。',
};
