import type { Locale, Translated } from '../../text/locale.js';
import { hashToken } from '../../crypto/token.js';
import { newVerificationCode } from '../../crypto/verification-code.js';
import { select } from '../../database/read/select.js';
import type { AddressedMail } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-writer.js';
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
      'accounts.locale',
      'email_verifications.email',
      'email_verifications.email_key as emailKey',
    ]),
);

/**
 * The mail that a request for a code leads to: the code to the new address, or where that is somebody else's a word to
 * its owner and no code. Null where a newer request took its place, and where the address got too many.
 * The code is made here, at each try anew, so that none is ever kept.
 */
export async function writeVerificationCode(
  { em, reader, now, keys, rateLimits }: MailContext,
  id: string,
  firstTry: boolean,
): Promise<AddressedMail | null> {
  const [request] = await requestById(reader, { id, now });
  if (!request) return null;
  const { emailKey, accountId } = request;
  // As a hash: the longest addresses are longer than what the quota can be kept under.
  if (firstTry && !(await rateLimits.isWithin('verificationPerAddress', hashToken(emailKey)))) return null;
  const other = await findOtherOwner(reader, emailKey, accountId, now);
  if (other?.address) return toOwner(other.address, other.username, other.locale);
  const code = newVerificationCode();
  const stored = await em.nativeUpdate(
    EmailVerificationEntity,
    { id },
    { codeHash: hashVerificationCode(keys, { accountId, emailKey }, code) },
  );
  return stored === 1 ? withCode(request.email, request.username, request.locale, code) : null;
}

function withCode(to: string, username: string, locale: Locale, code: string): AddressedMail {
  return { to, locale, username, mail: { ...codeTexts[locale], code } };
}

function toOwner(to: string, username: string, locale: Locale): AddressedMail {
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
    paragraphs: ['With this code you bind this email address to your account. It works for ten minutes.'],
    warning:
      'If you did not ask for it, somebody may have mistyped an address. You need not do anything; give the code to nobody.',
  },
  ZH: {
    subject: '您的验证码',
    paragraphs: ['请使用此验证码将本邮箱绑定到您的账号，十分钟内有效。'],
    warning: '如果不是您本人的操作，可能是他人输错了邮箱地址。您无需理会，也请勿将验证码告诉任何人。',
  },
};

const ownerTexts: Translated<Texts> = {
  EN: {
    subject: 'Somebody tried to use your email address',
    paragraphs: [
      'Somebody tried to bind this address to another account. It is bound to yours, and stays so: nothing was changed, and no code was sent.',
    ],
    warning:
      'If it was you, sign in to the account that has this address, or choose another address for the other one.',
  },
  ZH: {
    subject: '有人尝试使用您的邮箱',
    paragraphs: ['有人尝试将本邮箱绑定到另一个账号。本邮箱已绑定到您的账号，不会有任何改变，也没有发送验证码。'],
    warning: '如果是您本人的操作，请登录已绑定本邮箱的账号，或为另一个账号选择其他邮箱。',
  },
};
