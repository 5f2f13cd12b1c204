import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client.js';
import { goodPassword } from '../../support/users.js';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';
import { registerAt, type Registered } from '../../support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../../support/server-process.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  openChallenge,
  regenerateBackupCodes,
  totpCode,
  verifySecondFactor,
} from '../../support/two-factor.js';

let database: RaceDatabase;
let servers: readonly ServerProcess[];
beforeAll(async () => {
  database = await openRaceDatabase();
  servers = await Promise.all([
    startServer({ DATABASE_URL: database.url }),
    startServer({ DATABASE_URL: database.url }),
  ]);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

let tried = 0;
beforeEach(() => {
  tried = 0;
});

/** A client that alternates between the servers, with an optional token. */
function nextClient(token: string | null = null): Client {
  const client = servers[(tried += 1) % 2]!.client();
  client.token = token;
  return client;
}

interface Enrolled extends Registered {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

/** Turns two-factor authentication on, without consuming the current time step. */
async function enrol(): Promise<Enrolled> {
  const user = await registerAt(servers[0]!);
  const { secret } = (await enableTwoFactor(user.client)).data.enableTwoFactor!.enrolment!;
  const { data } = await confirmTwoFactor(user.client, await totpCode(secret, new Date()));
  await forgetSteps(user);
  return { ...user, token: user.client.token!, secret, backupCodes: data.confirmTwoFactor!.backupCodes! };
}

/** Makes the current codes valid again, because process tests do not wait for the clock. */
const forgetSteps = ({ username }: { readonly username: string }) =>
  database.query('update two_factors set last_step = 0 from accounts where id = account_id and username = $1', [
    username,
  ]);

const clearAttempts = () => database.query('delete from attempts');
const currentCode = ({ secret }: Enrolled) => totpCode(secret, new Date());
const challengeOf = ({ username }: Enrolled) => openChallenge(nextClient(), { username, password: goodPassword });
const challengesOf = async (user: Enrolled, count: number) =>
  Promise.all(Array.from({ length: count }, () => challengeOf(user)));

/** The valid sessions of a user. */
const sessionsOf = ({ username }: Enrolled) =>
  database.query(
    'select 1 from sessions join accounts on accounts.id = account_id and accounts.auth_version = sessions.auth_version where username = $1',
    [username],
  );

/** How many responses succeeded. */
const successes = (answers: readonly Answer<object>[]) =>
  answers.filter(({ data }) =>
    Object.values((data ?? {}) as Record<string, { userErrors: unknown[] } | null>).some(
      (payload) => payload?.userErrors.length === 0,
    ),
  ).length;

const times = <Result>(count: number, act: (number: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, number) => act(number)));

test('opens one session when a challenge and a code are used 50 times concurrently (R-12)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const user = await enrol();
    const [challenge, code] = [await challengeOf(user), await currentCode(user)];
    const answers = await times(50, () => verifySecondFactor(nextClient(), challenge, { totpCode: code }));
    expect(successes(answers)).toBe(1);
    // The session that turned two-factor authentication on, and this one.
    expect(await sessionsOf(user)).toHaveLength(2);
  }
});

test('opens one session when a challenge is used with 50 right factors concurrently (R-12)', async () => {
  const user = await enrol();
  const [challenge, code] = [await challengeOf(user), await currentCode(user)];
  const answers = await times(50, (n) =>
    verifySecondFactor(nextClient(), challenge, n % 2 ? { totpCode: code } : { backupCode: user.backupCodes[n % 10]! }),
  );
  expect(successes(answers)).toBe(1);
  const unused = await database.query(
    'select 1 from backup_codes join accounts on accounts.id = account_id where username = $1 and used_at is null',
    [user.username],
  );
  // The code that did not open the session was not consumed.
  expect(unused.length).toBe(
    answers.some(({ data }) => data?.verifySecondFactor?.session?.session.factors.includes('BACKUP_CODE')) ? 9 : 10,
  );
});

test('accepts one of 50 concurrent uses of a time step for sign-in, step-up and new codes (R-26)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const user = await enrol();
    const challenges = await challengesOf(user, 5);
    const code = await currentCode(user);
    const answers = await times(50, (n): Promise<Answer<object>> => {
      if (n % 10 === 8) return confirmIdentity(nextClient(user.token), goodPassword, { totpCode: code });
      if (n % 10 === 9) return regenerateBackupCodes(nextClient(user.token), code);
      return verifySecondFactor(nextClient(), challenges[n % 5]!, { totpCode: code });
    });
    expect(successes(answers)).toBe(1);
    await clearAttempts();
  }
});

test('turns 2FA on once when a code is used 50 times concurrently, and then rejects it (R-26, R-30)', async () => {
  const user = await registerAt(servers[0]!);
  const { secret } = (await enableTwoFactor(user.client)).data.enableTwoFactor!.enrolment!;
  const code = await totpCode(secret, new Date());
  const answers = await times(50, () => confirmTwoFactor(nextClient(user.token), code));
  expect(successes(answers)).toBe(1);
  expect(
    await database.query('select 1 from backup_codes join accounts on accounts.id = account_id where username = $1', [
      user.username,
    ]),
  ).toHaveLength(10);
  const challenge = await openChallenge(nextClient(), { username: user.username, password: goodPassword });
  expect(await verifySecondFactor(nextClient(), challenge, { totpCode: code })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test('opens one session when a backup code is used 50 times concurrently (R-38)', async () => {
  const user = await enrol();
  const challenges = await challengesOf(user, 5);
  const answers = await times(50, (n) =>
    verifySecondFactor(nextClient(), challenges[n % 5]!, { backupCode: user.backupCodes[0]! }),
  );
  expect(successes(answers)).toBe(1);
  expect(
    await database.query(
      "select 1 from security_events join accounts on accounts.id = account_id where type = 'BACKUP_CODE_USED' and username = $1",
      [user.username],
    ),
  ).toHaveLength(1);
});

test('accepts a backup code once when it signs in and disables 2FA concurrently, in 20 rounds (R-38)', async () => {
  let [signedIn, disabled] = [0, 0];
  for (let round = 0; round < 20; round += 1) {
    const user = await enrol();
    const challenge = await challengeOf(user);
    const backupCode = user.backupCodes[0]!;
    const signIn = () => verifySecondFactor(nextClient(), challenge, { backupCode });
    const turnOff = () => disableTwoFactor(nextClient(user.token), { backupCode });
    const together = () => Promise.all(round % 2 ? [signIn(), turnOff()] : [turnOff(), signIn()]);
    // Turning 2FA off takes longer, so every fourth round does it first.
    const answers = round % 4 ? await together() : [await turnOff(), await signIn()];
    expect(successes(answers)).toBe(1);
    const on = await database.query(
      'select 1 from two_factors join accounts on accounts.id = account_id where username = $1',
      [user.username],
    );
    if (on.length === 1) signedIn += 1;
    else disabled += 1;
  }
  // Both outcomes occurred.
  expect([signedIn > 0, disabled > 0]).toEqual([true, true]);
});

test('accepts an old backup code only before new ones replace it, in 20 rounds (R-39)', async () => {
  let [before, never] = [0, 0];
  for (let round = 0; round < 20; round += 1) {
    const user = await enrol();
    const challenge = await challengeOf(user);
    const backupCode = user.backupCodes[0]!;
    const regenerating = regenerateBackupCodes(nextClient(user.token), await currentCode(user));
    // Ten hashes precede the change. Every other round signs in close to it.
    const signingIn =
      round % 2
        ? verifySecondFactor(nextClient(), challenge, { backupCode })
        : regenerating.then(() => verifySecondFactor(nextClient(), challenge, { backupCode }));
    const [made, signIn] = await Promise.all([regenerating, signingIn]);
    expect(made).toSucceed();
    const rows = await database.query<{ used: boolean }>(
      'select used_at is not null as used from backup_codes join accounts on accounts.id = account_id where username = $1',
      [user.username],
    );
    // All ten codes are new and unused. A used one was deleted with the old set.
    expect(rows).toEqual(Array.from({ length: 10 }, () => ({ used: false })));
    if (signIn.data.verifySecondFactor!.session) before += 1;
    else never += 1;
    expect(
      await verifySecondFactor(nextClient(), await challengeOf(user), { backupCode: user.backupCodes[1]! }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(
      await verifySecondFactor(nextClient(), await challengeOf(user), {
        backupCode: made.data.regenerateBackupCodes!.backupCodes![0]!,
      }),
    ).toSucceed();
  }
  expect([before > 0, never > 0]).toEqual([true, true]);
});

test('verifies only ten of 200 concurrent wrong codes across five challenges (R-18, R-20)', async () => {
  const user = await enrol();
  const challenges = await challengesOf(user, 5);
  const near = await Promise.all(
    [-2, -1, 0, 1, 2].map((steps) => totpCode(user.secret, new Date(Date.now() + steps * 30_000))),
  );
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  await times(200, (n) => verifySecondFactor(nextClient(), challenges[n % 5]!, { totpCode: wrong }));
  const [row] = await database.query<{ failures: number }>(
    `select failures from attempts where bucket = 'second-factor:' || (select id from accounts where username = $1)`,
    [user.username],
  );
  expect(row).toEqual({ failures: 10 });
  const events = await database.query(
    "select 1 from security_events join accounts on accounts.id = account_id where type = 'SECOND_FACTOR_FAILED' and username = $1",
    [user.username],
  );
  expect(events).toHaveLength(10);
  expect(
    await verifySecondFactor(nextClient(), await challengeOf(user), { totpCode: await currentCode(user) }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});
