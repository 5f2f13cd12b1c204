import type { en } from './messages-en.js';

/** Texts after the deletion of one's account, and of restoring it, in Chinese. */
export const zh: typeof en = {
  deleted: {
    title: (date: string) => `账号将于 ${date} 清除`,
    byLink: (email: string) =>
      `您已在所有设备上退出登录。如果改变主意，可在此之前通过我们发送至 ${email} 的链接恢复账号。`,
    byAdministrator: '您已在所有设备上退出登录。如果改变主意，可在此之前请管理员恢复账号。',
  },
  restore: {
    title: '恢复账号',
    explanation: '我们将恢复您的账号，并请您设置新密码。API 密钥和通行密钥将恢复有效，API 令牌和访问令牌仍然无效。',
    submit: '恢复账号',
    done: '账号已恢复，请设置新密码。',
    noToken: '链接不完整，或页面已重新加载。请从邮件中重新打开。',
  },
};
