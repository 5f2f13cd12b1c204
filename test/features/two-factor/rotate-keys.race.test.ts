import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../../src/crypto/key-ring.js';
import { goodPassword } from '../../support/users.js';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';
import { registerAt } from '../../support/registrations.js';
import { cleanUp, runCommand, startServer, type ServerProcess } from '../../support/server-process.js';
import {
  confirmTwoFactor,
  enableTwoFactor,
  openChallenge,
  totpCode,
  verifySecondFactor,
} from '../../support/two-factor.js';

let database: RaceDatabase;
beforeAll(async () => {
  database = await openRaceDatabase();
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const [older, newer] = [newMasterKey(new Date()), newMasterKey(new Date())];
const start = (keys: string) => startServer({ DATABASE_URL: database.url, ENCRYPTION_KEYS: keys });
const rotate = (keys: string) => runCommand(['keys', 'rotate'], { DATABASE_URL: database.url, ENCRYPTION_KEYS: keys });

interface Enrolled {
  readonly username: string;
  readonly secret: string;
}

async function enrol(server: ServerProcess): Promise<Enrolled> {
  const { client, username } = await registerAt(server);
  const { secret } = (await enableTwoFactor(client)).data.enableTwoFactor!.enrolment!;
  await confirmTwoFactor(client, await totpCode(secret, new Date()));
  return { username, secret };
}

/** Signs in with both factors. @returns whether it succeeded */
async function signsIn(server: ServerProcess, { username, secret }: Enrolled): Promise<boolean> {
  await database.query('update two_factors set last_step = 0 from accounts where id = account_id and username = $1', [
    username,
  ]);
  const challenge = await openChallenge(server.client(), { username, password: goodPassword });
  const { data, errors } = await verifySecondFactor(server.client(), challenge, {
    totpCode: await totpCode(secret, new Date()),
  });
  // A slow machine may not serve twelve users concurrently.
  if (errors[0]?.extensions['code'] === 'SERVICE_UNAVAILABLE') return signsIn(server, { username, secret });
  return data.verifySecondFactor!.session !== null;
}

test('rejects no sign-in on two servers while keys are rotated back and forth (R-92)', async () => {
  const first = await start(older);
  const users: Enrolled[] = [];
  for (let n = 0; n < 12; n += 1) users.push(await enrol(first));
  await first.process.stop();

  const servers = await Promise.all([start(`${newer},${older}`), start(`${newer},${older}`)]);
  let rotating = true;
  const outcomes: boolean[] = [];
  const load = users.map(async (user, number) => {
    do outcomes.push(await signsIn(servers[(number + outcomes.length) % 2]!, user));
    while (rotating);
  });
  const said: string[] = [];
  for (const keys of [`${newer},${older}`, `${older},${newer}`, `${newer},${older}`, `${newer},${older}`])
    said.push((await rotate(keys)).stdout.split('\n')[0]!);
  rotating = false;
  await Promise.all(load);
  // The secret of the app and ten backup codes of each user.
  const all = 12 * 11;
  expect(said).toEqual([all, all, all, 0].map((again) => `Secrets re-encrypted: ${again}; remaining: 0.`));
  expect(outcomes.length).toBeGreaterThan(24);
  expect(outcomes.filter((worked) => !worked)).toEqual([]);

  const last = await start(newer);
  for (const user of users) expect(await signsIn(last, user)).toBe(true);
});

test('fails to rotate keys without the older key, loses nothing, and reports what remains (R-92)', async () => {
  const { code, stdout, stderr } = await rotate(older);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Secrets re-encrypted: 0; remaining: 132\.\nSeals re-signed: 0; remaining: [1-9]\d*\.\n$/);
  expect(stderr).toBe(
    'Some secrets still use an older key, or no key can decrypt them. Keep the older keys and run this command again.\n',
  );
  expect(await rotate(newer)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^Secrets re-encrypted: 0; remaining: 0\.\n(Sealed .*\n)?Seals re-signed: 0; remaining: 0\.\n$/,
    ),
  });
});
