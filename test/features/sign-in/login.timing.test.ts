import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser } from '../../support/users.js';
import { compareTimes, median } from '../../support/timing.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

const SAMPLES = 300;

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ ARGON2_MEMORY_KIB: '65536', ARGON2_ITERATIONS: '3', ARGON2_PARALLELISM: '4' });
});
afterAll(() => postern.close());

async function timeOf(client: Client, login: string): Promise<number> {
  const start = performance.now();
  await client.send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login, password: 'wrong-wrong' },
  });
  return performance.now() - start;
}

test('refuses unknown, disabled, passwordless and locked users in the same time (R-13, R-14, R-24)', async () => {
  const [known, disabled, without, locked] = [
    await newUser(postern),
    await newUser(postern),
    await newUser(postern),
    await newUser(postern),
  ];
  await query(postern.database, `update accounts set status = 'DISABLED' where username = ?`, [disabled.username]);
  await query(postern.database, 'update accounts set password_hash = null where username = ?', [without.username]);
  const client = postern.client();
  for (let n = 0; n < 20; n += 1) await timeOf(client, locked.username);

  const kinds: Record<string, string> = {
    known: known.username,
    disabled: disabled.username,
    without: without.username,
    locked: locked.username,
  };
  const samples: Record<string, number[]> = {
    unknown: [],
    ...Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []])),
  };
  for (let n = 0; n < SAMPLES; n += 1) {
    // Locks would make every kind look the same, so only the locked kind keeps its failures.
    await query(
      postern.database,
      `delete from attempts where bucket not like 'password:stranger:' || (select id from accounts where username = ?)`,
      [locked.username],
    );
    samples['unknown']!.push(await timeOf(client, `nobody${n % 7}`));
    for (const [kind, username] of Object.entries(kinds)) samples[kind]!.push(await timeOf(client, username));
  }
  const reference = samples['unknown']!;
  const table = compareTimes(samples, reference);
  for (const { median: middle, auc } of table) {
    expect(Math.abs(middle - median(reference))).toBeLessThan(Math.max(5, 0.05 * median(reference)));
    expect(Math.abs(auc - 0.5)).toBeLessThanOrEqual(0.07);
  }
});
