import { inSeconds, minutes, seconds } from '../../../duration.js';
import type { Translated } from '../../../text/locale.js';
import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import { callKeyNotices } from './call-key-notices.js';
import { administrationNotices } from './administration-notices.js';
import type { Notice } from './notice.js';

const changeYourPassword: Translated = {
  EN: 'If this wasn’t you, change your password now and end the other sessions. If you cannot sign in, ask for a new password or contact an administrator.',
  ZH: '如果不是您本人的操作，请立即修改密码，并结束其他登录会话。如果您无法登录，请重设密码或联系管理员。',
};

const contactAdministrator: Translated = {
  EN: 'If this wasn’t you, ask for a new password now, or contact an administrator.',
  ZH: '如果不是您本人的操作，请立即重设密码，或联系管理员。',
};

/** A challenge lives for five minutes; a little later it is clear that nobody passed it. */
const CHALLENGE_EXPIRED_SECONDS = inSeconds(minutes(5) + seconds(15));

/** The events that the owner of the account is notified of. */
export const notices = {
  NEW_DEVICE_SEEN: {
    subject: { EN: 'Your account was signed in on a new device', ZH: '您的账号在新设备上登录' },
    text: {
      EN: 'Somebody signed in to your account on a device that was not seen before.',
      ZH: '有人在一台此前未出现过的设备上登录了您的账号。',
    },
    warning: changeYourPassword,
  },
  LOGIN_CHALLENGED: {
    subject: { EN: 'Somebody knows your password', ZH: '有人知道您的密码' },
    text: {
      EN: 'Somebody entered your password and then did not pass two-factor authentication. Your account is safe for now.',
      ZH: '有人输入了您的正确密码，但没有通过双重认证。您的账号目前是安全的。',
    },
    warning: {
      EN: 'If this wasn’t you, your password is known to somebody else. Change it now.',
      ZH: '如果不是您本人的操作，说明您的密码已被他人知晓，请立即修改。',
    },
    afterSeconds: CHALLENGE_EXPIRED_SECONDS,
    atMostHourly: true,
  },
  ATTEMPTS_LOCKED: {
    subject: { EN: 'Too many failed attempts on your account', ZH: '您的账号尝试失败次数过多' },
    text: {
      EN: 'Somebody tried too many wrong passwords or codes. Further attempts have to wait a while. The browsers that you use stay signed in.',
      ZH: '有人多次输入了错误的密码或验证码，再次尝试需要等待一段时间。您正在使用的浏览器仍保持登录。',
    },
    warning: {
      EN: 'If this wasn’t you, there is nothing that you have to do. A long password that you use nowhere else, and two-factor authentication, keep your account safe.',
      ZH: '如果不是您本人的操作，您无需做任何事情。使用不与其他网站重复的长密码并启用双重认证，可以保障账号安全。',
    },
    atMostHourly: true,
  },
  USERNAME_CHANGED: {
    subject: { EN: 'Your username was changed', ZH: '您的用户名已修改' },
    text: {
      EN: 'Your account has a new username. From now on you sign in with it.',
      ZH: '您的账号已使用新的用户名，今后请用它登录。',
    },
    warning: changeYourPassword,
  },
  PASSWORD_CHANGED: {
    subject: { EN: 'Your password was changed', ZH: '您的密码已修改' },
    text: {
      EN: 'Your password was changed. All other sessions have ended.',
      ZH: '您的密码已修改，其他登录会话均已结束。',
    },
    warning: contactAdministrator,
    listsCallKeys: true,
  },
  PASSWORD_RESET: {
    subject: { EN: 'Your password was reset', ZH: '您的密码已重设' },
    text: {
      EN: 'A new password was set by a link that was sent to you. All sessions have ended, and the API token does not work any more. Your AI call keys (sk-) still work: look through them.',
      ZH: '已通过发送给您的链接设置了新密码。所有登录会话均已结束，API 令牌已失效。您的 AI 调用密钥（sk-）仍然有效，请检查它们。',
    },
    warning: contactAdministrator,
    listsCallKeys: true,
  },
  EMAIL_CHANGE_REVERTED: {
    subject: { EN: 'Your email address is bound again', ZH: '您的邮箱已恢复绑定' },
    text: {
      EN: 'The change of your email address was undone. All sessions have ended, and the API token does not work any more. Set a new password now.',
      ZH: '邮箱更改已被撤销。所有登录会话均已结束，API 令牌已失效。请立即设置新密码。',
    },
    warning: contactAdministrator,
    listsCallKeys: true,
  },
  TWO_FACTOR_ENABLED: {
    subject: { EN: 'Two-factor authentication is on', ZH: '双重认证已启用' },
    text: {
      EN: 'From now on each sign-in takes your password and a code of your authenticator app. Keep the backup codes where you find them without your phone. All other sessions have ended.',
      ZH: '从现在起，每次登录都需要密码和身份验证器中的验证码。请妥善保存备用码，以便手机不在身边时使用。其他登录会话均已结束。',
    },
    warning: contactAdministrator,
  },
  TWO_FACTOR_DISABLED: {
    subject: { EN: 'Two-factor authentication is off', ZH: '双重认证已关闭' },
    text: {
      EN: 'From now on your password alone is enough to sign in. All other sessions have ended.',
      ZH: '从现在起，仅凭密码即可登录。其他登录会话均已结束。',
    },
    warning: contactAdministrator,
  },
  BACKUP_CODE_USED: {
    subject: { EN: 'A backup code was used', ZH: '备用码已被使用' },
    text: {
      EN: 'Somebody used one of your backup codes; it does not work again. Make new ones when few are left.',
      ZH: '有人使用了您的一个备用码，该备用码已失效。剩余不多时请重新生成。',
    },
    warning: changeYourPassword,
    countsBackupCodes: true,
  },
  BACKUP_CODES_REGENERATED: {
    subject: { EN: 'You have new backup codes', ZH: '您的备用码已重新生成' },
    text: {
      EN: 'New backup codes took the place of the old ones, which do not work any more.',
      ZH: '已生成新的备用码，旧备用码均已失效。',
    },
    warning: changeYourPassword,
  },
  API_TOKEN_VIEWED: {
    subject: { EN: 'Your API token was shown', ZH: '您的 API 令牌已被查看' },
    text: {
      EN: 'Somebody at one of your sessions looked at your API token.',
      ZH: '有人在您的登录会话中查看了您的 API 令牌。',
    },
    warning: {
      EN: 'If this wasn’t you, reset the API token and change your password now.',
      ZH: '如果不是您本人的操作，请立即重置 API 令牌并修改密码。',
    },
    atMostHourly: true,
  },
  API_TOKEN_RESET: {
    subject: { EN: 'Your API token was reset', ZH: '您的 API 令牌已重置' },
    text: {
      EN: 'There is a new API token; the old one does not work any more.',
      ZH: '已生成新的 API 令牌，旧令牌已失效。',
    },
    warning: changeYourPassword,
  },
  ...callKeyNotices,
  ...administrationNotices,
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;

/** The notice of an event; undefined where there is none. */
export const noticeFor = (type: SecurityEventType): Notice | undefined =>
  (notices as Readonly<Partial<Record<SecurityEventType, Notice>>>)[type];
