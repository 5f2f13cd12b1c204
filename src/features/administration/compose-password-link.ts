import type { Translated } from '../../text/locale.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-composer.js';
import type { MailRequest } from '../mail/mailbox.js';
import { fact } from '../mail/content/facts.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import { INVITATION_LIFETIME_MS } from './create-user.js';

const accountForLink = select(
  'account_of_password_link',
  (db, { accountId, authVersion }: { accountId: string; authVersion: number }) =>
    db
      .selectFrom('accounts')
      .where('id', '=', accountId)
      .where('auth_version', '=', authVersion)
      .where('status', '=', 'ACTIVE')
      .select(['id', 'username', 'email', 'email_key as emailKey', 'locale']),
);

/**
 * Composes the email with a password link from an administrator: to the bound address, or to an invited address, which
 * using the link binds. Null if the account has changed since the request.
 */
export async function composePasswordLink(
  { em, reader, now, config }: MailContext,
  {
    accountId,
    authVersion,
    invitedAt,
    reason,
    locale: senderLocale = 'EN',
  }: Extract<MailRequest, { kind: 'PASSWORD_LINK' }>,
): Promise<AddressedMail | null> {
  const [account] = await accountForLink(reader, { accountId, authVersion });
  const to = invitedAt ?? account?.email;
  if (!account || !to) return null;
  const { username, locale: ownLocale } = account;
  const locale = ownLocale ?? senderLocale;
  const link =
    invitedAt === null
      ? { emailKey: account.emailKey, lifetimeMs: RESET_LIFETIME_MS }
      : { emailKey: null, lifetimeMs: INVITATION_LIFETIME_MS, bindsEmail: invitedAt };
  const token = await issuePasswordReset({ em, now }, { accountId, ...link });
  const { subject, text, label, warning } = (invitedAt === null ? resetTexts : invitationTexts)[locale];
  return {
    to,
    locale,
    username,
    mail: {
      subject,
      paragraphs: [text],
      warning,
      action: { label, url: passwordResetLink(config.publicUrl, token) },
      facts: [fact(locale, 'reason', reason)],
    },
  };
}

interface Texts {
  readonly subject: string;
  readonly text: string;
  readonly label: string;
  readonly warning: string;
}

const invitationTexts: Translated<Texts> = {
  EN: {
    subject: 'Your new account',
    text: 'An administrator created an account for you. Use this link to set your password. It works once, expires in 72 hours and binds this email address to the account.',
    label: 'Set password',
    warning: 'If you weren’t expecting this, ignore it.',
  },
  ZH: {
    subject: '您的新账号',
    text: '管理员为您创建了账号。请通过以下链接设置密码。链接仅可使用一次，72 小时内有效，使用后将为该账号绑定本邮箱。',
    label: '设置密码',
    warning: '如果您并未预料到这封邮件，请忽略。',
  },
};

const resetTexts: Translated<Texts> = {
  EN: {
    subject: 'Reset your password',
    text: 'An administrator sent you a link to reset your password. It works once and expires in 30 minutes. Your current password works until you use it.',
    label: 'Reset password',
    warning: 'If you didn’t ask for this, contact an administrator.',
  },
  ZH: {
    subject: '重置密码',
    text: '管理员向您发送了重置密码的链接。链接仅可使用一次，30 分钟内有效。使用前，当前密码仍然有效。',
    label: '重置密码',
    warning: '如果您没有提出此请求，请联系管理员。',
  },
};
