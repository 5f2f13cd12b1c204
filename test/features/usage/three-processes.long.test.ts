import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken } from '../api-token/own-token.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import { MailServer } from '../../support/mail-server.js';
import { registerAt, type Registered } from '../../support/registrations.js';
import { startThreeServers, type ThreeServers } from '../../support/three-servers.js';
import { newAddress } from '../../support/users.js';
import { eventually } from '../../support/eventually.js';
import { call, report } from './gateway.js';

let mail: MailServer;
let three: ThreeServers;
let user: Registered;
let token: string;
beforeAll(async () => {
  mail = await MailServer.start();
  three = await startThreeServers({ SMTP_URL: mail.url });
  user = await registerAt(three.servers[1]!);
  const gateway = await registerAt(three.servers[1]!);
  token = await newApiToken(gateway.client);
  await three.database.query(
    "update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = $1",
    [gateway.username],
  );
});
afterAll(async () => {
  await three.stop();
  await mail.close();
});

/** The gateway at one of the three servers. */
const gateway = (number: number) => Object.assign(three.servers[number % 3]!.client(), { token });

/** Binds a new address, to which warnings go. */
async function newAddressOfUser(): Promise<string> {
  const address = newAddress();
  await three.database.query('update accounts set email = $1, email_key = $1 where username = $2', [
    address,
    user.username,
  ]);
  return address;
}

/** The warnings of a key that were recorded, and emailed to an address. */
async function warningsOf(key: { hint: string }, address: string) {
  const rows = await three.database.query<{ detail: string }>(
    "select detail from security_events where type = 'QUOTA_WARNING' and detail like $1 || '%'",
    [key.hint],
  );
  return {
    recorded: rows.map(({ detail }) => /(\d+%) \w+$/.exec(detail)![1]).sort(),
    emailed: mail
      .to(address)
      .flatMap(({ subject }) => /\d+%/.exec(subject)?.[0] ?? [])
      .sort(),
  };
}

/** Waits until nothing is queued. */
async function everyEmailSent(): Promise<void> {
  const unsent = () => three.database.query("select id from pgboss.job where name = 'mail' and state <> 'completed'");
  await eventually(async () => (await unsent()).length === 0, 'every email is sent');
}

test.each(['TOTAL', 'DAY'])('warns of each percentage of a %s quota once on three processes', async (quota) => {
  const address = await newAddressOfUser();
  const period = { period: 'DAY', periodQuota: 100, periodTimeZone: 'UTC' } as const;
  const key = await newCallKeyOf(user.client, quota === 'DAY' ? period : { quota: 100 });
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, number) =>
      report(gateway(number), [call(key, new Date(), { requestId: `${quota}-${number}`, quota: 5 })]),
    ),
  );
  for (const { data } of answers) expect(data.recordUsage).toMatchObject({ recorded: 1 });
  await everyEmailSent();
  const both = ['100%', '80%'];
  expect(await warningsOf(key, address)).toEqual({ recorded: both, emailed: both });
});

test('records and warns once when the process that records is killed, and the gateway repeats the report', async () => {
  const address = await newAddressOfUser();
  const key = await newCallKeyOf(user.client, { quota: 10 });
  // A killed process keeps an email that it is sending for three minutes.
  await everyEmailSent();
  const entries = [call(key, new Date(), { requestId: 'repeated', quota: 9 })];
  const work = { table: 'security_events', statement: '%insert into "security_events"%' };
  const send = () =>
    Promise.resolve({
      outcome: report(gateway(0), entries).then(
        () => 'ANSWERED',
        () => 'LOST',
      ),
    });
  const [{ outcome }, killed] = await three.killInTheMiddle(work, send);
  expect([await outcome, killed]).toEqual(['LOST', 0]);
  expect((await report(gateway(1), entries)).data.recordUsage).toMatchObject({ recorded: 1, duplicates: 0 });
  expect((await report(gateway(2), entries)).data.recordUsage).toMatchObject({ recorded: 0, duplicates: 1 });
  await everyEmailSent();
  expect(await warningsOf(key, address)).toEqual({ recorded: ['80%'], emailed: ['80%'] });
});
