import type { Locale } from '../account/account.entity.js';
import type { Translated } from '../account/translated.js';
import { select } from '../database/select.js';
import { describeDevice } from '../security-event/device.js';
import type { AddressedLetter, Letter } from './letter.js';
import type { MailContext } from './mail-context.js';
import { noticeOf } from './notices.js';

const happening = select('happening_of_notice', (db, { eventId }: { eventId: string }) =>
  db.selectFrom('security_events')
    .innerJoin('accounts', 'accounts.id', 'security_events.account_id')
    .where('security_events.id', '=', eventId)
    .select(({ selectFrom }) => [
      'security_events.type', 'security_events.at', 'security_events.ip', 'security_events.user_agent as userAgent', 'accounts.id as accountId',
      'accounts.username', 'accounts.email', 'accounts.locale',
      selectFrom('security_events as later').whereRef('later.account_id', '=', 'accounts.id').whereRef('later.id', '>', 'security_events.id')
        .where('later.type', '=', 'LOGIN_SUCCEEDED').select(({ fn }) => fn.countAll<string>().as('count')).as('signedInLater'),
    ]));

/**
 * The notice of an event, to the address that is bound now; null where none is, where one in this hour was enough, and
 * where a challenge that seemed abandoned was passed after all.
 */
export async function writeNotice({ reader, rateLimits }: MailContext, eventId: string, firstTry: boolean): Promise<AddressedLetter | null> {
  const [event] = await happening(reader, { eventId });
  if (!event?.email) return null;
  const { accountId, username, email: to } = event;
  const [type, locale] = [event.type, event.locale];
  const notice = noticeOf(type);
  if (!notice || (type === 'LOGIN_CHALLENGED' && Number(event.signedInLater) > 0)) return null;
  if (notice.atMostHourly && firstTry && !await rateLimits.isWithin('hourlyNotice', `${type}:${accountId}`)) return null;
  const letter: Letter = {
    subject: notice.subject[locale], paragraphs: [notice.text[locale]], warning: notice.warning[locale], facts: circumstances(locale, event),
  };
  return { to, locale, username, letter };
}

const labels: Translated<{ readonly time: string; readonly address: string; readonly device: string }> = {
  EN: { time: 'Time', address: 'IP address', device: 'Device' },
  ZH: { time: '时间', address: 'IP 地址', device: '设备' },
};

/** When and from where something happened, as a letter tells it. */
export function circumstances(locale: Locale, { at, ip, userAgent }: { readonly at: Date; readonly ip: string | null; readonly userAgent: string | null }): [string, string][] {
  const { time, address, device } = labels[locale];
  const words = describeDevice(userAgent);
  return [[time, inWords(locale, at)], ...(ip ? [[address, ip] as [string, string]] : []), ...(words ? [[device, words] as [string, string]] : [])];
}

const inWords = (locale: Locale, at: Date) =>
  `${new Intl.DateTimeFormat(locale === 'ZH' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
