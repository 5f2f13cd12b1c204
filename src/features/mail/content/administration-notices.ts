import { addressesWidenedNotice } from './access-token-notices.js';
import type { Translated } from '../../../text/locale.js';
import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import type { Notice } from './notice.js';
import { accountExportedNotice } from './export-notices.js';
import { appRemovedNotice, turnedOnByPasskeyNotice } from './passkey-notices.js';

const unrequestedWarning: Translated = {
  EN: 'If you weren’t expecting this, contact an administrator.',
  ZH: '如果您对此不知情，请联系管理员。',
};

/** The notice of USER_STATUS_SET when an administrator enabled the account. */
export const accountEnabledNotice: Notice = {
  subject: { EN: 'Your account was enabled', ZH: '您的账号已启用' },
  text: {
    EN: 'An administrator enabled your account. You can sign in again.',
    ZH: '管理员启用了您的账号，您可以重新登录。',
  },
  warning: unrequestedWarning,
};

/** The notice of USER_SESSIONS_REVOKED when an administrator revoked only some sessions. */
export const sessionsRevokedNotice: Notice = {
  subject: { EN: 'You were signed out on some devices', ZH: '您已在部分设备上退出登录' },
  text: {
    EN: 'An administrator signed you out on some of your devices. Sign in there again to continue.',
    ZH: '管理员已将您的账号在部分设备上退出登录，如需继续使用，请在这些设备上重新登录。',
  },
  warning: unrequestedWarning,
};

/** Notices of administrators' actions (R-99). The email includes the administrator's reason. */
export const administrationNotices = {
  USER_STATUS_SET: {
    subject: { EN: 'Your account was disabled', ZH: '您的账号已停用' },
    text: {
      EN: 'An administrator disabled your account. You’ve been signed out, and your password, API token, access tokens and keys no longer work.',
      ZH: '管理员停用了您的账号。您已退出登录，密码、API 令牌、访问令牌和密钥均无法使用。',
    },
    warning: unrequestedWarning,
  },
  USER_ROLE_SET: {
    subject: { EN: 'Your role was changed', ZH: '您的账号角色已更改' },
    text: {
      EN: 'An administrator changed your role. You’ve been signed out on all devices. Sign in again to continue.',
      ZH: '管理员更改了您账号的角色。您已在所有设备上退出登录，请重新登录。',
    },
    warning: unrequestedWarning,
  },
  USER_TWO_FACTOR_RESET: {
    subject: { EN: 'Two-factor authentication was reset', ZH: '双重认证已被重置' },
    text: {
      EN: 'An administrator reset two-factor authentication for your account. You now need only your password to sign in. You’ve been signed out on all devices and your API token and access tokens were revoked. Turn on two-factor authentication again.',
      ZH: '管理员重置了您账号的双重认证，目前仅凭密码即可登录。您已在所有设备上退出登录，API 令牌和访问令牌均已失效。请重新启用双重认证。',
    },
    warning: {
      EN: 'If you didn’t ask for this, change your password now and contact an administrator.',
      ZH: '如果您没有提出此请求，请立即修改密码并联系管理员。',
    },
  },
  USER_SESSIONS_REVOKED: {
    subject: { EN: 'You were signed out on all devices', ZH: '您已在所有设备上退出登录' },
    text: {
      EN: 'An administrator signed you out on all devices. Sign in again to continue.',
      ZH: '管理员已将您的账号在所有设备上退出登录，请重新登录。',
    },
    warning: unrequestedWarning,
  },
  USER_DELETED: {
    subject: { EN: 'Your account was deleted', ZH: '您的账号已被删除' },
    text: {
      EN: 'An administrator deleted your account. It can be restored for 30 days. After that, your personal data is permanently erased.',
      ZH: '管理员删除了您的账号。30 天内可以恢复，之后您的个人数据将被永久清除。',
    },
    warning: unrequestedWarning,
  },
  USER_RESTORED: {
    subject: { EN: 'Your account was restored', ZH: '您的账号已恢复' },
    text: { EN: 'An administrator restored your account. Sign in again.', ZH: '管理员恢复了您的账号，请重新登录。' },
    warning: unrequestedWarning,
  },
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;

/** Notices of an event type with a certain detail, instead of the notice of the type. */
export const noticesOfDetails: Readonly<Partial<Record<SecurityEventType, Readonly<Record<string, Notice>>>>> = {
  TWO_FACTOR_ENABLED: { PASSKEY: turnedOnByPasskeyNotice },
  TWO_FACTOR_DISABLED: { PASSKEYS_LEFT: appRemovedNotice },
  ACCESS_TOKEN_UPDATED: { ALLOWED_IPS_WIDENED: addressesWidenedNotice },
  USER_STATUS_SET: { ACTIVE: accountEnabledNotice },
  USER_SESSIONS_REVOKED: { SELECTED: sessionsRevokedNotice },
  DATA_EXPORTED: { ACCOUNT: accountExportedNotice },
};
