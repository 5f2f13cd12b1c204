import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { MailServer } from '../support/mail-server.js';
import { bindAddress, newAddress, newPerson } from '../support/people.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { compareTimes, median } from '../support/timing.js';

const SAMPLES = 300;

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  mail = await MailServer.start();
  postern = await startPostern({ SMTP_URL: mail.url });
});
afterAll(async () => {
  await postern.close();
  await mail.close();
});

/** The address of an account. */
async function boundAddress(): Promise<string> {
  const [person, address] = [await newPerson(postern), newAddress()];
  await bindAddress(postern, mail, person, address);
  return address;
}

/** Resolves when no mail is being written, so that the one of a sample is not measured with the next. */
const quiet = async () => {
  for (;;) {
    const [row] = await query<{ waiting: string | number }>(postern.database, "select count(*) as waiting from pgboss.job where name = 'mail' and state in ('created', 'active') and start_after <= now()");
    if (Number(row!.waiting) === 0) return;
  }
};

async function timeOf(client: Client, mutation: string, email: string): Promise<number> {
  await quiet();
  const start = performance.now();
  const answer = await client.send(`mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`, { input: { email } });
  const time = performance.now() - start;
  expect(answer).toSucceed();
  return time;
}

async function compare(mutation: string, client: Client, addresses: Readonly<Record<string, () => string>>): Promise<void> {
  const samples: Record<string, number[]> = Object.fromEntries(Object.keys(addresses).map((kind) => [kind, []]));
  for (let n = 0; n < SAMPLES; n += 1) {
    for (const [kind, address] of Object.entries(addresses)) {
      await query(postern.database, 'delete from email_verifications');
      samples[kind]!.push(await timeOf(client, mutation, address()));
    }
  }
  const reference = samples['unknown']!;
  for (const { median: middle, auc } of compareTimes(samples, reference)) {
    expect(Math.abs(middle - median(reference))).toBeLessThan(Math.max(5, 0.05 * median(reference)));
    expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(0.07);
  }
}

test('the time of requestPasswordReset does not tell whether an address is known, or its account disabled (R-14, R-47)', async () => {
  const [known, disabled] = [await boundAddress(), await boundAddress()];
  await query(postern.database, "update accounts set status = 'DISABLED' where email = ?", [disabled]);
  await compare('requestPasswordReset', postern.client(), { unknown: newAddress, known: () => known, disabled: () => disabled });
});

test('the time of sendVerificationCode does not tell whether an address is taken (R-14, R-44)', async () => {
  const taken = await boundAddress();
  const { client } = await newPerson(postern);
  await compare('sendVerificationCode', client, { unknown: newAddress, taken: () => taken });
});
