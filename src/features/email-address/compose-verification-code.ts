import type { Locale, Translated } from '../../text/locale.js';
import { hashToken } from '../../crypto/token.js';
import { newVerificationCode } from '../../crypto/verification-code.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import { ensureNotExpired, type MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import type { MailRequest } from '../mail/mailbox.js';
import { findOtherOwner } from './address-owner.js';
import { EmailVerificationEntity } from './email-verification.entity.js';
import { hashVerificationCode } from './verification-code-hash.js';

const requestById = select('email_verification_of_mail', (db, { id, now }: { id: string; now: Date }) =>
  db
    .selectFrom('email_verifications')
    .innerJoin('accounts', 'accounts.id', 'email_verifications.account_id')
    .where('email_verifications.id', '=', id)
    .where('email_verifications.expires_at', '>', now)
    .select([
      'accounts.id as accountId',
      'accounts.username',
      mailLocale,
      'email_verifications.email',
      'email_verifications.email_key as emailKey',
    ]),
);

/**
 * Composes the email for a code request: the code to the new address, or a notice without a code if another account has
 * it. Null if the request was replaced or the address got too many emails. Each try generates a new code,
 * so that none is stored unencrypted.
 */
export async function composeVerificationCode(
  { em, reader, now, keys, rateLimits }: MailContext,
  { verificationId: id, ...expiring }: Extract<MailRequest, { kind: 'VERIFICATION_CODE' }>,
  isFirstTry: boolean,
): Promise<AddressedMail | null> {
  const [request] = await requestById(reader, { id, now });
  if (!request) {
    ensureNotExpired(expiring, now);
    return null;
  }
  const { emailKey, accountId } = request;
  // Hashed, because the longest addresses exceed the key length of rate limits.
  if (isFirstTry && !(await rateLimits.isWithin('verificationPerAddress', hashToken(emailKey)))) return null;
  const otherOwner = await findOtherOwner(reader, emailKey, accountId, now);
  if (otherOwner?.address) return toOwnerMail(otherOwner.address, otherOwner.username, otherOwner.locale);
  const code = newVerificationCode();
  const updatedCount = await em.nativeUpdate(
    EmailVerificationEntity,
    { id },
    { codeHash: hashVerificationCode(keys, { accountId, emailKey }, code) },
  );
  return updatedCount === 1 ? toCodeMail(request.email, request.username, request.locale, code) : null;
}

function toCodeMail(to: string, username: string, locale: Locale, code: string): AddressedMail {
  return { to, locale, username, mail: { ...codeTexts[locale], code } };
}

function toOwnerMail(to: string, username: string, locale: Locale): AddressedMail {
  return { to, locale, username, mail: ownerTexts[locale] };
}

interface Texts {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly warning: string;
}

const codeTexts: Translated<Texts> = {
  EN: {
    subject: 'Your verification code',
    paragraphs: ['Enter this code to bind this email address. It expires in 10 minutes.'],
    warning:
      'If you didn’t request this, someone may have mistyped an address. You can ignore this email. Don’t share the code.',
  },
  ZH: {
    subject: '您的验证码',
    paragraphs: ['请输入此验证码以绑定本邮箱，10 分钟内有效。'],
    warning: '如果不是您本人的操作，可能是他人输错了邮箱地址，您可以忽略此邮件。请勿将验证码告诉任何人。',
  },
};

const ownerTexts: Translated<Texts> = {
  EN: {
    subject: 'Someone tried to use your email address',
    paragraphs: ['Someone tried to add this address to another account. Nothing changed: it’s still yours.'],
    warning:
      'If it was you, sign in to the account that has this address, or use a different address for the other account.',
  },
  ZH: {
    subject: '有人尝试使用您的邮箱',
    paragraphs: ['有人尝试将本邮箱绑定到另一个账号。没有任何更改，本邮箱仍属于您的账号。'],
    warning: '如果是您本人的操作，请登录已绑定本邮箱的账号，或为另一个账号使用其他邮箱。',
  },
};
