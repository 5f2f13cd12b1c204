import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import { changePasswordWarning, contactAdministrator, type Notice } from './notice.js';

/** Notices of passkeys. */
export const passkeyNotices = {
  PASSKEY_ADDED: {
    subject: { EN: 'A passkey was added', ZH: '您的账号添加了通行密钥' },
    text: {
      EN: 'A passkey was added to your account. Whoever has it can sign in with it.',
      ZH: '您的账号添加了一个通行密钥，持有者可用其登录。',
    },
    warning: {
      EN: 'If this wasn’t you, delete the passkey and change your password now. If you can’t sign in, reset your password or contact an administrator.',
      ZH: '如果不是您本人的操作，请立即删除该通行密钥并修改密码。如果无法登录，请重置密码或联系管理员。',
    },
  },
  PASSKEY_REMOVED: {
    subject: { EN: 'A passkey was removed', ZH: '您的账号删除了通行密钥' },
    text: {
      EN: 'A passkey was removed from your account. All other devices were signed out.',
      ZH: '您的账号删除了一个通行密钥。其他所有设备均已退出登录。',
    },
    warning: changePasswordWarning,
  },
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;

/** The notice of TWO_FACTOR_ENABLED when a passkey turned it on. */
export const turnedOnByPasskeyNotice: Notice = {
  subject: { EN: 'Two-factor authentication is on', ZH: '双重认证已启用' },
  text: {
    EN: 'You now sign in with your passkey, or with your password and a second factor. Keep your backup codes where you can reach them without your devices. All other devices were signed out.',
    ZH: '今后可使用通行密钥登录，或使用密码加第二重验证登录。请妥善保存备用码，以便设备不在身边时使用。其他所有设备均已退出登录。',
  },
  warning: contactAdministrator,
};

/** The notice of TWO_FACTOR_DISABLED when the app was removed and passkeys are left. */
export const appRemovedNotice: Notice = {
  subject: { EN: 'Your authenticator app was removed', ZH: '您的身份验证器已移除' },
  text: {
    EN: 'Codes of your authenticator app no longer work. Sign-in with a password still asks for a passkey or a backup code. All other devices were signed out.',
    ZH: '身份验证器中的验证码已失效。使用密码登录时，仍需要通行密钥或备用码。其他所有设备均已退出登录。',
  },
  warning: contactAdministrator,
};
