import type { Translated } from '../../text/locale.js';
import { select } from '../../database/read/select.js';
import { fact, formatTime } from '../mail/content/facts.js';
import type { AddressedMail, Fact } from '../mail/content/mail.js';
import type { MailContext } from '../mail/mail-composer.js';
import { mailLocale } from '../mail/mail-locale.js';
import type { MailRequest } from '../mail/mailbox.js';

const warnedKey = select('call_key_of_warning', (db, { id }: { id: string }) =>
  db
    .selectFrom('call_keys')
    .innerJoin('accounts', 'accounts.id', 'call_keys.account_id')
    .where('call_keys.id', '=', id)
    .where('accounts.status', '=', 'ACTIVE')
    .select([
      'call_keys.name',
      'call_keys.hint',
      'accounts.id as accountId',
      'accounts.email',
      'accounts.username',
      mailLocale,
    ]),
);

type UsageWarningRequest = Extract<MailRequest, { kind: 'USAGE_WARNING' }>;
type Warning = UsageWarningRequest['warnings'][number];

/**
 * Composes the warning that a call key has used a percentage of its quota; null if the key or the address is
 * gone, or if the owner got many within the hour.
 */
export async function composeUsageWarning(
  { reader, rateLimits }: Pick<MailContext, 'reader' | 'rateLimits'>,
  { callKeyId, warnings }: UsageWarningRequest,
  isFirstTry: boolean,
): Promise<AddressedMail | null> {
  const [callKey] = await warnedKey(reader, { id: callKeyId });
  const [highest] = warnings;
  if (!callKey?.email || !highest) return null;
  const { email: to, username, locale, accountId } = callKey;
  if (isFirstTry && !(await rateLimits.isWithin('repeatedNotice', `USAGE_WARNING:${accountId}`))) return null;
  const { subject, used, usedUp } = texts[locale];
  const text = highest.percentage === 100 ? usedUp[highest.quota] : used[highest.quota](highest.percentage);
  const facts: Fact[] = [
    fact(locale, 'callKey', nameOf(callKey)),
    ...warnings.flatMap((warning) => describe(locale, warning)),
  ];
  return { to, locale, username, mail: { subject: subject(highest.percentage), paragraphs: [text], facts } };
}

/** The name of a key, and its hint. A name that a mail program could show as a link is left out. */
const nameOf = ({ name, hint }: { readonly name: string; readonly hint: string }): string =>
  /[.:/\\@]|www/i.test(name) ? hint : `${name} (${hint})`;

const describe = (locale: UsageLocale, { quota, percentage, renewsAt, timeZone }: Warning): Fact[] => [
  fact(locale, quotaFacts[quota], `${percentage}%`),
  ...(renewsAt === null ? [] : [fact(locale, 'renews', formatTime(locale, new Date(renewsAt), timeZone ?? 'UTC'))]),
];

type UsageLocale = keyof typeof texts;

const quotaFacts = { TOTAL: 'totalQuota', DAY: 'dailyQuota', WEEK: 'weeklyQuota', MONTH: 'monthlyQuota' } as const;

interface Texts {
  readonly subject: (percentage: number) => string;
  readonly used: Readonly<Record<Warning['quota'], (percentage: number) => string>>;
  readonly usedUp: Readonly<Record<Warning['quota'], string>>;
}

const texts: Translated<Texts> = {
  EN: {
    subject: (percentage) => `A call key has used ${percentage}% of its quota`,
    used: {
      TOTAL: (percentage) => `One of your call keys has used ${percentage}% of its total quota.`,
      DAY: (percentage) => `One of your call keys has used ${percentage}% of its daily quota.`,
      WEEK: (percentage) => `One of your call keys has used ${percentage}% of its weekly quota.`,
      MONTH: (percentage) => `One of your call keys has used ${percentage}% of its monthly quota.`,
    },
    usedUp: {
      TOTAL: 'One of your call keys has used all of its total quota. It stops working until you raise it.',
      DAY: 'One of your call keys has used all of its daily quota. It works again when the quota renews, or when you raise it.',
      WEEK: 'One of your call keys has used all of its weekly quota. It works again when the quota renews, or when you raise it.',
      MONTH:
        'One of your call keys has used all of its monthly quota. It works again when the quota renews, or when you raise it.',
    },
  },
  ZH: {
    subject: (percentage) => `您的 API 密钥已使用 ${percentage}% 的额度`,
    used: {
      TOTAL: (percentage) => `您的一个 API 密钥已使用总额度的 ${percentage}%。`,
      DAY: (percentage) => `您的一个 API 密钥已使用每日额度的 ${percentage}%。`,
      WEEK: (percentage) => `您的一个 API 密钥已使用每周额度的 ${percentage}%。`,
      MONTH: (percentage) => `您的一个 API 密钥已使用每月额度的 ${percentage}%。`,
    },
    usedUp: {
      TOTAL: '您的一个 API 密钥已用完总额度。提高额度后才能继续使用。',
      DAY: '您的一个 API 密钥已用完每日额度。额度重置或提高后可继续使用。',
      WEEK: '您的一个 API 密钥已用完每周额度。额度重置或提高后可继续使用。',
      MONTH: '您的一个 API 密钥已用完每月额度。额度重置或提高后可继续使用。',
    },
  },
};
