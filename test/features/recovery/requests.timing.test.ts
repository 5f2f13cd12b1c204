import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { MailServer } from '../../support/mail-server.js';
import { bindAddress, newAddress, newUser } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { compareTimes, median } from '../../support/timing.js';

const SAMPLES = 300;

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
afterAll(() => postern.close());

async function boundAddress(): Promise<string> {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  return address;
}

/**
 * Delays mail that is queued during some work by a day. A sample then neither waits for the previous mail, which can
 * take the queue a second, nor includes it.
 */
async function whileMailIsHeldBack(work: () => Promise<void>): Promise<void> {
  await query(
    postern.database,
    `create or replace function put_off() returns trigger language plpgsql as $$
    begin new.start_after := now() + interval '1 day'; return new; end $$`,
  );
  await query(
    postern.database,
    'create trigger put_off before insert on pgboss.job for each row execute function put_off()',
  );
  try {
    await work();
  } finally {
    await query(postern.database, 'drop trigger put_off on pgboss.job');
  }
}

async function timeOf(client: Client, mutation: string, email: string): Promise<number> {
  const start = performance.now();
  const answer = await client.send(
    `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`,
    { input: { email } },
  );
  const time = performance.now() - start;
  expect(answer).toSucceed();
  return time;
}

async function compare(
  mutation: string,
  client: Client,
  addresses: Readonly<Record<string, () => string>>,
): Promise<void> {
  const samples: Record<string, number[]> = Object.fromEntries(Object.keys(addresses).map((kind) => [kind, []]));
  await whileMailIsHeldBack(async () => {
    for (let n = 0; n < SAMPLES; n += 1) {
      for (const [kind, address] of Object.entries(addresses)) {
        await query(postern.database, 'delete from email_verifications');
        samples[kind]!.push(await timeOf(client, mutation, address()));
      }
    }
  });
  const reference = samples['unknown']!;
  for (const { median: middle, auc } of compareTimes(samples, reference)) {
    expect(Math.abs(middle - median(reference))).toBeLessThan(Math.max(5, 0.05 * median(reference)));
    expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(0.07);
  }
}

test('takes the same time in requestPasswordReset for unknown, known and disabled users (R-14, R-47)', async () => {
  const [known, disabled] = [await boundAddress(), await boundAddress()];
  await query(postern.database, "update accounts set status = 'DISABLED' where email = ?", [disabled]);
  await compare('requestPasswordReset', postern.client(), {
    unknown: newAddress,
    known: () => known,
    disabled: () => disabled,
  });
});

test('takes the same time in sendVerificationCode for free and taken addresses (R-14, R-44)', async () => {
  const taken = await boundAddress();
  const { client } = await newUser(postern);
  await compare('sendVerificationCode', client, { unknown: newAddress, taken: () => taken });
});
