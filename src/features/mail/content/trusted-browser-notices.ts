import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import { changePasswordWarning, type Notice } from './notice.js';

/** The notice of a trusted browser. */
export const trustedBrowserNotices = {
  BROWSER_TRUSTED: {
    subject: { EN: 'A browser is now trusted', ZH: '已信任一个浏览器' },
    text: {
      EN: 'Sign-ins in this browser now skip the second step for a while. You can forget trusted browsers in your profile.',
      ZH: '在一段时间内，使用此浏览器登录时无需第二步验证。您可以在个人中心中取消信任。',
    },
    warning: changePasswordWarning,
  },
} as const satisfies Readonly<Partial<Record<SecurityEventType, Notice>>>;
