import type { Translated } from '../../text/locale.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-writer.js';
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
 * The mail with a way to a password that an administrator sends: to the bound address, or to the one that somebody is
 * invited at, which using the link binds. Null where the account has changed meanwhile.
 */
export async function writePasswordLink(
  { em, reader, now, config }: MailContext,
  { accountId, authVersion, invitedAt, reason }: Extract<MailRequest, { kind: 'PASSWORD_LINK' }>,
): Promise<AddressedMail | null> {
  const [account] = await accountForLink(reader, { accountId, authVersion });
  const to = invitedAt ?? account?.email;
  if (!account || !to) return null;
  const { username, locale } = account;
  const link =
    invitedAt === null
      ? { emailKey: account.emailKey, lifetimeMs: RESET_LIFETIME_MS }
      : { emailKey: null, lifetimeMs: INVITATION_LIFETIME_MS, bindsEmail: invitedAt };
  const token = await issuePasswordReset({ em, now }, { accountId, authVersion, ...link });
  const { subject, text, label, warning } = (invitedAt === null ? forNewPassword : forInvitation)[locale];
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

const forInvitation: Translated<Texts> = {
  EN: {
    subject: 'Your new account',
    text: 'An administrator made an account for you. With this link you choose its password; it works once, for 72 hours, and binds this email address to the account.',
    label: 'Choose a password',
    warning: 'If you expect no account, you need not do anything.',
  },
  ZH: {
    subject: '您的新账号',
    text: '管理员为您创建了账号。请通过以下链接设置密码；链接仅可使用一次，72 小时内有效，使用后此邮箱将绑定到该账号。',
    label: '设置密码',
    warning: '如果您没有申请账号，无需理会此邮件。',
  },
};

const forNewPassword: Translated<Texts> = {
  EN: {
    subject: 'Set a new password',
    text: 'An administrator sends you the way to a new password for your account. The link works once, for 30 minutes. Your password stays as it is until you use it.',
    label: 'Choose a new password',
    warning: 'If you did not ask an administrator for this, ask one why it came.',
  },
  ZH: {
    subject: '重设密码',
    text: '管理员向您发送了重设密码的链接。链接仅可使用一次，30 分钟内有效；在您使用之前，密码不会改变。',
    label: '设置新密码',
    warning: '如果您没有向管理员提出请求，请向管理员询问原因。',
  },
};
