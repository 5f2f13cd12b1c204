import type { Notice } from './notice.js';

/** What every ROOT is notified of. */
export type WebhookNoticeType = 'WEBHOOK_CREATED' | 'WEBHOOK_UPDATED' | 'WEBHOOK_FAILING';

const reviewWarning = {
  EN: 'If no administrator you know did this, delete the webhook and change your password now.',
  ZH: '如果不是您认识的管理员所为，请立即删除该 Webhook 并修改密码。',
};

/** Notices about webhooks, which go to every ROOT. They don't show the URL, which is a link. */
export const webhookNotices: Readonly<Record<WebhookNoticeType, Notice>> = {
  WEBHOOK_CREATED: {
    subject: { EN: 'A webhook was created', ZH: '已创建新的 Webhook' },
    text: {
      EN: 'An administrator created a webhook. It sends security events of all accounts to another server.',
      ZH: '管理员创建了一个 Webhook，它会将所有账号的安全事件发送到另一台服务器。',
    },
    warning: reviewWarning,
  },
  WEBHOOK_UPDATED: {
    subject: { EN: 'The URL of a webhook was changed', ZH: 'Webhook 的网址已更改' },
    text: {
      EN: 'An administrator changed the URL of a webhook. Security events of all accounts now go to that URL.',
      ZH: '管理员更改了一个 Webhook 的网址，所有账号的安全事件现在会发送到新网址。',
    },
    warning: reviewWarning,
  },
  WEBHOOK_FAILING: {
    subject: { EN: 'A webhook was turned off', ZH: 'Webhook 已停用' },
    text: {
      EN: 'A webhook was turned off, because nothing could be delivered for five days, or because its receiver is gone. Its events are no longer sent or kept.',
      ZH: '由于连续五天无法送达，或接收方已不存在，一个 Webhook 已停用。其事件不再发送，也不再保留。',
    },
    warning: {
      EN: 'Fix the receiver, then turn the webhook on again.',
      ZH: '请修复接收方，然后重新启用该 Webhook。',
    },
  },
};
