import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seconds } from '../../../src/duration.js';
import { fork, type Database } from '../../../src/database/connection/database.js';
import { openPostgresql } from '../../../src/database/connection/postgresql.js';
import { createMailbox, openMailQueue, type MailQueue } from '../../../src/features/mail/delivery/mail-queue.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { eventually } from '../../support/eventually.js';
import { MailServer } from '../../support/mail-server.js';
import { startThreeServers, type ThreeServers } from '../../support/three-servers.js';
import { newAddress } from '../../support/users.js';

let mail: MailServer;
let three: ThreeServers;
let database: Database;
let queue: MailQueue;
beforeAll(async () => {
  mail = await MailServer.start();
  three = await startThreeServers({ SMTP_URL: mail.url });
  database = await openPostgresql(three.database.url);
  queue = await openMailQueue(database, createLogger('silent'));
});
afterAll(async () => {
  await queue.stop();
  await database.close();
  await three.stop();
  await mail.close();
});

const caller = { ip: null, userAgent: null, requestId: 'a request' };

/** Queues a password reset for a new user. @returns the address */
async function queueMail(): Promise<string> {
  const email = newAddress();
  await three.database.query(
    `insert into accounts (id, username, role, status, email, email_key, created_at)
     values (gen_random_uuid(), replace($1, '@', '-'), 'USER', 'ACTIVE', $1, $1, now())`,
    [email],
  );
  await createMailbox(queue).post(fork(database), { kind: 'PASSWORD_RESET', email, caller });
  return email;
}

const unfinished = () => three.database.query("select id from pgboss.job where name = 'mail' and state <> 'completed'");
const everythingSent = (timeoutMs?: number) =>
  eventually(async () => (await unfinished()).length === 0, 'every email is sent', timeoutMs);

test('sends each of 60 emails once on three processes whose clocks are 30 s apart', async () => {
  const addresses: string[] = [];
  while (addresses.length < 60) addresses.push(await queueMail());
  await everythingSent();
  expect(mail.mails.map(({ to }) => to).sort()).toEqual(addresses.sort());
});

test('sends an email from another process when the one that sends it is killed, twice at most', async () => {
  mail.mood = 'SAYS_NOTHING';
  const address = await queueMail();
  await mail.mailTo(address);
  const killed = await three.killConnectedTo(mail.port);
  mail.mood = 'WELL';
  const other = await queueMail();
  await mail.mailTo(other);
  // Instead of waiting until the three minutes have passed.
  await three.database.query(
    "update pgboss.job set started_on = started_on - interval '3 minutes' where name = 'mail' and state = 'active'",
  );
  await everythingSent(seconds(90));
  const [first, second, ...others] = mail.to(address);
  expect(others).toEqual([]);
  expect(second!.messageId).toBe(first!.messageId);
  expect(mail.to(other)).toHaveLength(1);
  await three.restart(killed);
});
