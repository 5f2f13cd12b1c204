import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarPeriodAt } from '../../../src/calendar-period.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { newCallKeyOf, updateKey } from '../call-key/own-keys.js';
import { newUserOfRole } from '../administration/administrators.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';
import type { MailServer } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { bindAddress, newAddress, newUser, type TestUser } from '../../support/users.js';
import { call, newGateway, report } from './gateway.js';

const SetUsageWarnings = graphql(`
  mutation SetUsageWarnings($input: SetUsageWarningsInput!) {
    setUsageWarnings(input: $input) { user { usageWarnings } userErrors { code field } }
  }
`);

let postern: TestPostern;
let mail: MailServer;
let gateway: Client;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  gateway = await newGateway(postern);
});
afterAll(() => postern.close());

let user: TestUser;
let client: Client;
let address: string;
beforeEach(async () => {
  untilNoon();
  [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  // Its token works on after hours without a request.
  client = program(postern, await newApiToken(user.client));
});

const now = () => postern.clock.read();
/** Moves the clock to the middle of the UTC day, so that a few hours stay within it. */
const untilNoon = () => {
  const noon = new Date(calendarPeriodAt('DAY', 'UTC', now()).from.getTime() + 12 * 3_600_000);
  postern.clock.advance({ seconds: (noon.getTime() - now().getTime()) / 1_000 + (noon >= now() ? 0 : 24 * 3_600) });
};
const set = async (percentages: number[]) =>
  (await user.client.send(SetUsageWarnings, { input: { percentages } })).data.setUsageWarnings!;
const current = async () => (await user.client.send('{ me { usageWarnings } }')).data['me'].usageWarnings as number[];
const use = (key: { id: string }, quota: number, at = now()) => report(gateway, [call(key, at, { quota })]);

/** The warnings that an action records, without the hint of the key. */
const warningsDuring = async (action: () => Promise<unknown>) =>
  (await eventsDuring(postern.database, action))
    .filter(({ type }) => type === 'QUOTA_WARNING')
    .map(({ detail }) => detail!.split(' ').slice(1).join(' '));
const isWarning = ({ subject }: { subject: string }) => /% of its quota|的额度/.test(subject);
const mails = () => mail.to(address).filter(isWarning);

/** Waits for a warning that is queued after those that a test is about. */
async function untilLaterMail(): Promise<void> {
  const [other, otherAddress] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, other, otherAddress);
  await use(await newCallKeyOf(other.client, { quota: 1 }), 1);
  await mail.until(() => mail.to(otherAddress).some(isWarning));
}

describe('settings', () => {
  test('warns at 80 and 100 percent by default, and at what the user chooses', async () => {
    expect(await current()).toEqual([80, 100]);
    expect(await set([90, 1, 50, 100, 7])).toEqual({ user: { usageWarnings: [1, 7, 50, 90, 100] }, userErrors: [] });
    expect(await set([])).toEqual({ user: { usageWarnings: [] }, userErrors: [] });
    expect(await current()).toEqual([]);
  });

  test.each([[[0]], [[101]], [[-1]], [[50, 50]], [[1, 2, 3, 4, 5, 6]]])(
    'refuses %j as percentages, and changes nothing',
    async (percentages) => {
      expect(await set(percentages)).toEqual({
        user: null,
        userErrors: [{ code: 'INVALID_VALUE', field: ['percentages'] }],
      });
      expect(await current()).toEqual([80, 100]);
    },
  );

  test('shows the percentages to the user and administrators only, and not to programs', async () => {
    const document = '{ user(id: "%") { usageWarnings } }'.replace('%', user.id);
    const { client: administrator } = await newUserOfRole(postern, 'ADMIN');
    expect((await administrator.send(document)).data['user']).toEqual({ usageWarnings: [80, 100] });
    const answer = await client.send('{ me { usageWarnings } }');
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
  });
});

describe('the total quota', () => {
  test('records an event for each crossed percentage, and emails the highest one (R-134)', async () => {
    const key = await newCallKeyOf(client, { name: 'laptop', quota: 100 });
    expect(await warningsDuring(() => use(key, 79))).toEqual([]);
    const events = await eventsDuring(postern.database, () => use(key, 200));
    expect(events).toMatchObject(
      ['80%', '100%'].map((percentage) => ({
        type: 'QUOTA_WARNING',
        detail: `${key.hint} ${percentage} TOTAL`,
        outcome: 'SUCCESS',
        actor_id: null,
        session_id: null,
        ip: null,
        user_agent: null,
      })),
    );
    expect(events.every(({ account_id }) => account_id === events[0]!.account_id)).toBe(true);
    expect(events[0]!.account_id).toBe(await accountId(postern.database, user.username));
    expect(await warningsDuring(() => use(key, 10))).toEqual([]);
    await untilLaterMail();
    expect(mails()).toHaveLength(1);
    const [{ subject, text }] = mails() as [ReturnType<typeof mails>[number]];
    expect(subject).toBe('A call key has used 100% of its quota');
    expect(text).toContain('It stops working until you raise it.');
    expect(text).toContain(`Call key: laptop (${key.hint})`);
    expect(text).toContain('Total quota used: 100%');
    expect(text).not.toContain(key.key);
  });

  test('takes as 100 percent what was left and used when the quota was set, and starts over then', async () => {
    const key = await newCallKeyOf(client, { quota: 100 });
    expect(await warningsDuring(() => use(key, 80))).toEqual(['80% TOTAL']);
    await updateKey(client, { id: key.id, quotaLeft: 120 });
    expect(await warningsDuring(() => use(key, 79))).toEqual([]);
    expect(await warningsDuring(() => use(key, 1))).toEqual(['80% TOTAL']);
    expect(await warningsDuring(() => use(key, 40))).toEqual(['100% TOTAL']);
  });

  test('warns of nothing without a quota or without percentages', async () => {
    expect(await warningsDuring(async () => use(await newCallKeyOf(client), 1_000))).toEqual([]);
    await set([]);
    expect(await warningsDuring(async () => use(await newCallKeyOf(client, { quota: 5 }), 5))).toEqual([]);
  });

  test('warns of a huge quota exactly', async () => {
    const huge = 9_000_000_000_000;
    const key = await newCallKeyOf(client, { quota: huge });
    for (let turn = 0; turn < 7; turn += 1) await use(key, 1_000_000_000_000);
    expect(await warningsDuring(() => use(key, 199_999_999_999))).toEqual([]);
    expect(await warningsDuring(() => use(key, 1))).toEqual(['80% TOTAL']);
  });
});

describe('the period quota', () => {
  const daily = { period: 'DAY', periodQuota: 100, periodTimeZone: 'Asia/Kolkata' } as const;

  test('emails once per percentage and period, and again in the next period (R-134)', async () => {
    const key = await newCallKeyOf(client, { ...daily, name: 'build' });
    expect(await warningsDuring(() => use(key, 85))).toEqual(['80% DAY']);
    await updateKey(client, { id: key.id, periodQuota: 200 });
    expect(await warningsDuring(() => use(key, 100))).toEqual([]);
    expect(await warningsDuring(() => use(key, 15))).toEqual(['100% DAY']);
    await updateKey(client, { id: key.id, period: null });
    await updateKey(client, { id: key.id, ...daily, periodQuota: 201 });
    expect(await warningsDuring(() => use(key, 1))).toEqual([]);
    postern.clock.advance({ hours: 12 });
    expect(await warningsDuring(() => use(key, 200))).toEqual(['80% DAY']);
    await untilLaterMail();
    expect(mails().map(({ subject }) => subject)).toEqual([
      'A call key has used 80% of its quota',
      'A call key has used 100% of its quota',
      'A call key has used 80% of its quota',
    ]);
    const { text } = mails()[0]!;
    expect(text).toContain('used 80% of its daily quota');
    expect(text).toContain('Daily quota used: 80%');
    expect(text).toMatch(/Renews: .* at 12:00\sAM Asia\/Kolkata/);
  });

  test('warns of nothing for late calls of an earlier period, but of early ones of the next period', async () => {
    const key = await newCallKeyOf(client, { ...daily, periodTimeZone: 'UTC' });
    await use(key, 1);
    const { from, to } = calendarPeriodAt('DAY', 'UTC', now());
    expect(await warningsDuring(() => use(key, 100, new Date(from.getTime() - 1)))).toEqual([]);
    postern.clock.advance({ hours: 11, minutes: 59 });
    expect(await warningsDuring(() => use(key, 80, to))).toEqual(['80% DAY']);
    postern.clock.advance({ minutes: 2 });
    expect(await warningsDuring(() => use(key, 20))).toEqual(['100% DAY']);
  });

  test('sends one mail when a report crosses percentages of both quotas, and names both', async () => {
    const key = await newCallKeyOf(client, { ...daily, quota: 120, name: 'https://evil.example' });
    expect(await warningsDuring(() => use(key, 100))).toEqual(['80% TOTAL', '80% DAY', '100% DAY']);
    await untilLaterMail();
    expect(mails()).toHaveLength(1);
    const { text, html } = mails()[0]!;
    expect(text).toContain('Daily quota used: 100%');
    expect(text).toContain('Total quota used: 80%');
    expect(text).toContain(`Call key: ${key.hint}`);
    expect(text + html).not.toContain('evil.example');
  });

  test('emails in the language of the user', async () => {
    await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
    const key = await newCallKeyOf(client, { ...daily, name: '构建' });
    await use(key, 85);
    await mail.until(() => mails().length === 1);
    const [{ subject, text }] = mails() as [ReturnType<typeof mails>[number]];
    expect(subject).toBe('您的 API 密钥已使用 80% 的额度');
    expect(text).toContain('您的一个 API 密钥已使用每日额度的 80%。');
    expect(text).toContain('构建');
    expect(text).toContain('Asia/Kolkata');
  });

  test('only records an event for a user without an address', async () => {
    const { client: other } = await newUser(postern);
    const key = await newCallKeyOf(other, daily);
    expect(await warningsDuring(() => use(key, 80))).toEqual(['80% DAY']);
  });
});

test('doesn’t warn again when the same report is sent twice', async () => {
  const key = await newCallKeyOf(client, { quota: 10 });
  const entry = call(key, now(), { quota: 8 });
  expect(await warningsDuring(() => report(gateway, [entry, entry]))).toEqual(['80% TOTAL']);
  expect(await warningsDuring(() => report(gateway, [entry]))).toEqual([]);
});
