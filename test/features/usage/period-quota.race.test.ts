import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { calendarPeriodAt, type CalendarPeriod } from '../../../src/calendar-period.js';
import { fromGlobalId } from '../../../src/rules/global-id.js';
import { newApiToken } from '../api-token/own-token.js';
import { keysOf, newCallKeyOf, updateKey } from '../call-key/own-keys.js';
import { MailServer } from '../../support/mail-server.js';
import { registerAt, type Registered } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { newAddress } from '../../support/users.js';
import { call, report } from './gateway.js';

let mail: MailServer;
let two: TwoServers;
let token: string;
beforeAll(async () => {
  mail = await MailServer.start();
  two = await startTwoServers({ LIMITS: 'off', SMTP_URL: mail.url });
  const gateway = await registerAt(two.servers[0]);
  token = await newApiToken(gateway.client);
  await two.database.query("update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = $1", [
    gateway.username,
  ]);
});
afterAll(async () => {
  await two.stop();
  await mail.close();
});

let user: Registered;
let address: string;
beforeEach(async () => {
  [user, address] = [await registerAt(two.servers[0]), newAddress()];
  await two.database.query('update accounts set email = $1, email_key = lower($1) where username = $2', [
    address,
    user.username,
  ]);
});

/** A zone in which it is about noon, so that no period ends while a test runs. */
const noonZone = () => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
const daily = (periodQuota: number) => ({ period: 'DAY', periodQuota, periodTimeZone: noonZone() }) as const;
const today = (): CalendarPeriod => calendarPeriodAt('DAY', noonZone(), new Date());

let requests = 0;
/** Reports a call at one of the two servers, again while the server is overloaded. */
async function use(number: number, key: { id: string }, at: Date, quota = 1): Promise<void> {
  const entry = call(key, at, { quota, requestId: `race-${(requests += 1)}` });
  for (let answered = false; !answered;) {
    const { status, data } = await report(two.client(number, token), [entry]);
    answered = status === 200;
    if (answered) expect(data.recordUsage!.rejected).toEqual([]);
  }
}
const useManyTimes = (key: { id: string }, toTime: (number: number) => Date) =>
  Promise.all(Array.from({ length: 50 }, (_, number) => use(number, key, toTime(number))));

const read = async (id: string) => (await keysOf(user.client)).edges.find(({ node }) => node.id === id)!.node;
const warningsOf = async ({ id }: { id: string }) =>
  (
    await two.database.query<{ detail: string }>(
      `select detail from security_events where type = 'QUOTA_WARNING'
         and account_id = (select account_id from call_keys where id = $1) order by id`,
      [fromGlobalId('CallKey', id)],
    )
  ).map(({ detail }) => detail.split(' ').slice(1).join(' '));

const subjects = () =>
  mail
    .to(address)
    .map(({ subject }) => subject)
    .filter((subject) => subject.includes('% of its quota'));
/** Waits for a warning that is queued after those that a test is about. */
async function untilLaterMail(): Promise<void> {
  await two.database.query("update accounts set usage_warnings = '{99}' where username = $1", [user.username]);
  await use(0, await newCallKeyOf(user.client, { quota: 100 }), new Date(), 99);
  await mail.until(() => subjects().some((subject) => subject.includes('99%')));
}

test('charges 50 concurrent reports across the end of a period to the period of each (R-132)', async () => {
  const key = await newCallKeyOf(user.client, { ...daily(1_000), quota: 1_000 });
  const { from } = today();
  const times = [new Date(from.getTime() - 1), from, new Date()];
  await useManyTimes(key, (number) => times[number % 3]!);
  expect(await read(key.id)).toMatchObject({ periodUsed: 33, quotaUsed: 50, quotaLeft: 950 });
});

test('counts each of 50 concurrent reports while the period is set, changed and removed (R-132)', async () => {
  const key = await newCallKeyOf(user.client);
  const changes = async () => {
    for (const period of ['DAY', 'MONTH', null, 'WEEK', null, 'DAY'] as const)
      expect(
        await updateKey(user.client, period ? { id: key.id, ...daily(10), period } : { id: key.id, period }),
      ).toSucceed();
  };
  await Promise.all([useManyTimes(key, () => new Date()), changes()]);
  expect(await read(key.id)).toMatchObject({ period: 'DAY', periodUsed: 50, quotaUsed: 50 });
});

test('warns once of a percentage that 50 concurrent reports cross at two servers (R-134)', async () => {
  const key = await newCallKeyOf(user.client, { ...daily(50), quota: 60 });
  await useManyTimes(key, () => new Date());
  expect((await warningsOf(key)).toSorted()).toEqual(['100% DAY', '80% DAY', '80% TOTAL']);
  await untilLaterMail();
  // Both quotas cross 80 % at different calls.
  expect(
    subjects()
      .filter((subject) => !subject.includes('99%'))
      .toSorted(),
  ).toEqual([
    'A call key has used 100% of its quota',
    'A call key has used 80% of its quota',
    'A call key has used 80% of its quota',
  ]);
});

test('warns at most once of a percentage while the quota is lowered and raised meanwhile (R-134)', async () => {
  const key = await newCallKeyOf(user.client, daily(1_000));
  const changes = async () => {
    for (const periodQuota of [40, 100, 20, 60, 45, 50])
      expect(await updateKey(user.client, { id: key.id, periodQuota })).toSucceed();
  };
  await Promise.all([useManyTimes(key, () => new Date()), changes()]);
  expect(await read(key.id)).toMatchObject({ periodUsed: 50, periodQuota: 50 });
  const warnings = await warningsOf(key);
  expect(new Set(warnings).size).toBe(warnings.length);
});
