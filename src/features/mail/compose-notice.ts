import type { Locale } from '../../text/locale.js';
import { select, type Reader } from '../../database/read/select.js';
import { administratorAction, originFacts, fact } from './content/facts.js';
import type { AddressedMail, Fact } from './content/mail.js';
import { noticeMail, type Notice } from './content/notice.js';
import { getNotice } from './content/notices.js';
import type { MailContext } from './mail-composer.js';

const noticeEvent = select('event_of_notice', (db, { eventId }: { eventId: string }) =>
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
      // The address that was bound at the time of the event, if it was changed since.
      selectFrom('email_changes')
        .whereRef('email_changes.account_id', '=', 'accounts.id')
        .whereRef('email_changes.created_at', '>', 'security_events.at')
        .orderBy('email_changes.created_at')
        .limit(1)
        .select('former_email')
        .as('formerEmail'),
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

/**
 * Finds the call keys of an account, newest first. Only hints, because a name could contain a message or link.
 */
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
 * Composes the notice of an event to the address that was bound at its time: a thief who binds another address while
 * emails wait must not get the notices of the theft. Null if there is none, if too many such notices were sent
 * within the hour, or if a challenge was completed later from the same address and device. Completed challenges from
 * elsewhere don't count, since the owner may sign in during an attack.
 */
export async function composeNotice(
  { reader, rateLimits }: MailContext,
  eventId: string,
  isFirstTry: boolean,
): Promise<AddressedMail | null> {
  const [event] = await noticeEvent(reader, { eventId });
  const to = event?.formerEmail ?? event?.email;
  if (!event || !to) return null;
  const { accountId, username, type, locale, reason } = event;
  const notice = getNotice(type, event.detail);
  if (!notice || (type === 'LOGIN_CHALLENGED' && Number(event.signedInLater) > 0)) return null;
  const limit = notice.atMostHourly ? 'hourlyNotice' : 'repeatedNotice';
  if (isFirstTry && !(await rateLimits.isWithin(limit, `${type}:${accountId}`))) return null;
  const facts = [
    ...(reason === null ? originFacts(locale, event) : administratorAction(locale, { ...event, reason })),
    ...(await findRemainingFacts(reader, notice, locale, accountId)),
  ];
  return { to, locale, username, mail: noticeMail(notice, locale, facts) };
}

/** The call keys and the number of backup codes, for notices that list them. */
async function findRemainingFacts(
  reader: Reader,
  { listsCallKeys, countsBackupCodes }: Notice,
  locale: Locale,
  accountId: string,
): Promise<Fact[]> {
  const keys = listsCallKeys ? await callKeys(reader, { accountId }) : [];
  const codes = countsBackupCodes ? await backupCodesLeft(reader, { accountId }) : [];
  return [
    ...keys.map(({ hint }) => fact(locale, 'callKey', hint)),
    ...codes.map(({ count }) => fact(locale, 'backupCodesLeft', String(count))),
  ];
}
