import { inSeconds, minutes, seconds } from '../../../duration.js';
import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import { accessTokenNotices } from './access-token-notices.js';
import { apiTokenNotices } from './api-token-notices.js';
import { callKeyNotices } from './call-key-notices.js';
import { administrationNotices, noticesOfDetails } from './administration-notices.js';
import { changePasswordWarning, contactAdministrator, type Notice } from './notice.js';
import { passkeyNotices } from './passkey-notices.js';
import { trustedBrowserNotices } from './trusted-browser-notices.js';

/** A challenge lives for five minutes; shortly after that it can no longer be passed. */
const CHALLENGE_EXPIRED_SECONDS = inSeconds(minutes(5) + seconds(15));

/** The events that send a notice to the account's owner. */
export const notices = {
  NEW_DEVICE_SEEN: {
    subject: { EN: 'New sign-in to your account', ZH: '您的账号在新设备上登录' },
    text: {
      EN: 'We noticed a sign-in from a new device.',
      ZH: '我们发现您的账号在一台新设备上登录。',
    },
    warning: changePasswordWarning,
  },
  LOGIN_CHALLENGED: {
    subject: { EN: 'Your password may be compromised', ZH: '您的密码可能已泄露' },
    text: {
      EN: 'A sign-in used your correct password but didn’t pass two-factor authentication. Your account is still protected.',
      ZH: '有一次登录输入了您的正确密码，但未通过双重认证。您的账号目前仍受保护。',
    },
    warning: {
      EN: 'If this wasn’t you, someone else knows your password. Change it now.',
      ZH: '如果不是您本人的操作，说明他人已知晓您的密码，请立即修改。',
    },
    afterSeconds: CHALLENGE_EXPIRED_SECONDS,
    atMostHourly: true,
  },
  ATTEMPTS_LOCKED: {
    subject: { EN: 'Too many failed attempts on your account', ZH: '您的账号尝试失败次数过多' },
    text: {
      EN: 'There were too many wrong passwords or codes, so we’ve paused new attempts for a while. You’re still signed in where you were.',
      ZH: '由于密码或验证码错误次数过多，我们已暂停新的尝试，请稍后再试。您已登录的设备不受影响。',
    },
    warning: {
      EN: 'If this wasn’t you, you don’t need to do anything. A long, unique password and two-factor authentication keep your account safe.',
      ZH: '如果不是您本人的操作，您无需处理。使用较长且不与其他网站重复的密码，并启用双重认证，可以保障账号安全。',
    },
    atMostHourly: true,
  },
  USERNAME_CHANGED: {
    subject: { EN: 'Your username was changed', ZH: '您的用户名已修改' },
    text: {
      EN: 'Your username was changed. Use the new one to sign in.',
      ZH: '您的用户名已修改，今后请使用新用户名登录。',
    },
    warning: changePasswordWarning,
  },
  PASSWORD_CHANGED: {
    subject: { EN: 'Your password was changed', ZH: '您的密码已修改' },
    text: {
      EN: 'Your password was changed. All other devices were signed out.',
      ZH: '您的密码已修改，其他所有设备均已退出登录。',
    },
    warning: contactAdministrator,
    listsCredentials: true,
  },
  PASSWORD_RESET: {
    subject: { EN: 'Your password was reset', ZH: '您的密码已重置' },
    text: {
      EN: 'Your password was reset with a link. You’ve been signed out on all devices and your API token and access tokens were revoked. Your call keys (sk-) and passkeys still work: review them.',
      ZH: '您的密码已通过链接重置。您已在所有设备上退出登录，API 令牌和访问令牌均已失效。您的 API 密钥（sk-）和通行密钥仍然有效，请检查。',
    },
    warning: contactAdministrator,
    listsCredentials: true,
  },
  EVERYTHING_REVOKED: {
    subject: { EN: 'You revoked everything', ZH: '您已撤销全部访问权限' },
    text: {
      EN: 'All other devices were signed out, and your API token, access tokens and trusted browsers no longer work. What is listed below still works: review it.',
      ZH: '其他所有设备均已退出登录，API 令牌、访问令牌和受信任的浏览器均已失效。下方列出的内容仍然有效，请检查。',
    },
    warning: contactAdministrator,
    listsCredentials: true,
  },
  DELETION_CANCELED: {
    subject: { EN: 'Your account was restored', ZH: '您的账号已恢复' },
    text: {
      EN: 'The deletion of your account was canceled. Your call keys (sk-) and passkeys work again: review them. Your API token and access tokens stay revoked. Set a new password now.',
      ZH: '您的账号已取消删除。您的 API 密钥（sk-）和通行密钥已恢复有效，请检查。API 令牌和访问令牌仍然无效。请立即设置新密码。',
    },
    warning: contactAdministrator,
    listsCredentials: true,
  },
  EMAIL_CHANGE_REVERTED: {
    subject: { EN: 'Your email change was undone', ZH: '您的邮箱更改已撤销' },
    text: {
      EN: 'Your previous email address was restored. You’ve been signed out on all devices and your API token and access tokens were revoked. Set a new password now.',
      ZH: '您原来的邮箱已恢复绑定。您已在所有设备上退出登录，API 令牌和访问令牌均已失效。请立即设置新密码。',
    },
    warning: contactAdministrator,
    listsCredentials: true,
  },
  TWO_FACTOR_ENABLED: {
    subject: { EN: 'Two-factor authentication is on', ZH: '双重认证已启用' },
    text: {
      EN: 'You now need your password and a code from your authenticator app to sign in. Keep your backup codes where you can reach them without your phone. All other devices were signed out.',
      ZH: '今后登录需要密码和身份验证器中的验证码。请妥善保存备用码，以便手机不在身边时使用。其他所有设备均已退出登录。',
    },
    warning: contactAdministrator,
  },
  TWO_FACTOR_DISABLED: {
    subject: { EN: 'Two-factor authentication is off', ZH: '双重认证已关闭' },
    text: {
      EN: 'You now need only your password to sign in. All other devices were signed out.',
      ZH: '今后仅凭密码即可登录。其他所有设备均已退出登录。',
    },
    warning: contactAdministrator,
  },
  BACKUP_CODE_USED: {
    subject: { EN: 'A backup code was used', ZH: '备用码已被使用' },
    text: {
      EN: 'One of your backup codes was used and no longer works. Generate new codes when you have few left.',
      ZH: '您的一个备用码已被使用并失效。剩余不多时，请重新生成。',
    },
    warning: changePasswordWarning,
    countsBackupCodes: true,
  },
  BACKUP_CODES_REGENERATED: {
    subject: { EN: 'New backup codes generated', ZH: '您的备用码已重新生成' },
    text: {
      EN: 'New backup codes were generated. Old ones no longer work.',
      ZH: '已生成新的备用码，旧备用码均已失效。',
    },
    warning: changePasswordWarning,
  },
  ...passkeyNotices,
  ...trustedBrowserNotices,
  ...apiTokenNotices,
  ...accessTokenNotices,
  ...callKeyNotices,
  ...administrationNotices,
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;

/** The notice of an event type with its detail; undefined if there is none. */
export const getNotice = (type: SecurityEventType, detail: string | null = null): Notice | undefined =>
  noticesOfDetails[type]?.[detail ?? ''] ?? (notices as Readonly<Partial<Record<SecurityEventType, Notice>>>)[type];
