import type { Locale, Translated } from '../../text/locale.js';
import { select, type Reader } from '../../database/read/select.js';
import { describeDevice } from '../security-event/device.js';
import type { AddressedLetter, Letter } from './letter.js';
import type { MailContext } from './mail-context.js';
import type { Notice } from './notice.js';
import { noticeOf } from './notices.js';

const happening = select('happening_of_notice', (db, { eventId }: { eventId: string }) =>
  db
    .selectFrom('security_events')
    .innerJoin('accounts', 'accounts.id', 'security_events.account_id')
    .where('security_events.id', '=', eventId)
    .select(({ selectFrom }) => [
      'security_events.type',
      'security_events.at',
      'security_events.ip',
      'security_events.user_agent as userAgent',
      'security_events.reason',
      'security_events.detail',
      'accounts.id as accountId',
      'accounts.username',
      'accounts.email',
      'accounts.locale',
      selectFrom('security_events as later')
        .whereRef('later.account_id', '=', 'accounts.id')
        .whereRef('later.id', '>', 'security_events.id')
        .where('later.type', '=', 'LOGIN_SUCCEEDED')
        .whereRef('later.ip', 'is not distinct from', 'security_events.ip')
        .whereRef('later.user_agent', 'is not distinct from', 'security_events.user_agent')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('signedInLater'),
    ]),
);

/** The call keys of an account, the newest first, by what no one else chose: a name could be a message or a link. */
const callKeys = select('call_keys_of_notice', (db, { accountId }: { accountId: string }) =>
  db.selectFrom('call_keys').where('account_id', '=', accountId).orderBy('id', 'desc').limit(100).select('hint'),
);

const backupCodesLeft = select('backup_codes_left_of_notice', (db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('backup_codes')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .select(({ fn }) => fn.countAll().as('count')),
);

/**
 * The notice of an event, to the address that is bound now; null where none is, where one in this hour was enough, and
 * where a challenge that seemed abandoned was passed after all: from the same address and device, since its owner may
 * sign in elsewhere while somebody else tries.
 */
export async function writeNotice(
  { reader, rateLimits }: MailContext,
  eventId: string,
  firstTry: boolean,
): Promise<AddressedLetter | null> {
  const [event] = await happening(reader, { eventId });
  if (!event?.email) return null;
  const { accountId, username, email: to } = event;
  const [type, locale] = [event.type, event.locale];
  const notice = noticeOf(type);
  if (!notice || (type === 'LOGIN_CHALLENGED' && Number(event.signedInLater) > 0)) return null;
  if (notice.atMostHourly && firstTry && !(await rateLimits.isWithin('hourlyNotice', `${type}:${accountId}`)))
    return null;
  const letter: Letter = {
    subject: notice.subject[locale],
    paragraphs: [notice.text[locale]],
    warning: notice.warning[locale],
    facts: [
      ...(event.reason === null ? circumstances(locale, event) : actFacts(locale, event, event.reason)),
      ...(await left(reader, notice, locale, accountId)),
    ],
  };
  return { to, locale, username, letter };
}

/**
 * What is left to the person, as far as a notice tells of it: the call keys that go on working, and the number of
 * backup codes.
 */
async function left(
  reader: Reader,
  { listsCallKeys, countsBackupCodes }: Notice,
  locale: Locale,
  accountId: string,
): Promise<[string, string][]> {
  const words = labels[locale];
  const keys = listsCallKeys ? await callKeys(reader, { accountId }) : [];
  const codes = countsBackupCodes ? await backupCodesLeft(reader, { accountId }) : [];
  return [
    ...keys.map(({ hint }): [string, string] => [words.callKey, hint]),
    ...codes.map(({ count }): [string, string] => [words.backupCodesLeft, String(count)]),
  ];
}

/** How a letter names an administrator's words. */
export const reasonLabel: Translated = { EN: 'Reason', ZH: '原因' };

const detailLabel: Translated = { EN: 'From now on', ZH: '当前状态' };

/** What was done to somebody by an administrator, of whom a letter tells neither address nor device. */
const actFacts = (
  locale: Locale,
  { at, detail }: { readonly at: Date; readonly detail: string | null },
  reason: string,
): [string, string][] => [
  [labels[locale].time, inWords(locale, at)],
  ...(detail ? [[detailLabel[locale], detail] as [string, string]] : []),
  [reasonLabel[locale], reason],
];

const labels: Translated<{
  readonly time: string;
  readonly address: string;
  readonly device: string;
  readonly callKey: string;
  readonly backupCodesLeft: string;
}> = {
  EN: {
    time: 'Time',
    address: 'IP address',
    device: 'Device',
    callKey: 'Call key',
    backupCodesLeft: 'Backup codes left',
  },
  ZH: { time: '时间', address: 'IP 地址', device: '设备', callKey: '调用密钥', backupCodesLeft: '剩余备用码' },
};

/** When and from where something happened, as a letter tells it. */
export function circumstances(
  locale: Locale,
  { at, ip, userAgent }: { readonly at: Date; readonly ip: string | null; readonly userAgent: string | null },
): [string, string][] {
  const { time, address, device } = labels[locale];
  const words = describeDevice(userAgent);
  return [
    [time, inWords(locale, at)],
    ...(ip ? [[address, ip] as [string, string]] : []),
    ...(words ? [[device, words] as [string, string]] : []),
  ];
}

const inWords = (locale: Locale, at: Date) =>
  `${new Intl.DateTimeFormat(locale === 'ZH' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
