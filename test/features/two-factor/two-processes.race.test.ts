import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client.js';
import { goodPassword } from '../../support/people.js';
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

/** A client of one server and then of the other, with a token or none. */
function nextClient(token: string | null = null): Client {
  const client = servers[(tried += 1) % 2]!.client();
  client.token = token;
  return client;
}

interface Enrolled extends Registered {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

/** Turns two-factor authentication on; the step of now has not been used yet. */
async function enrol(): Promise<Enrolled> {
  const person = await registerAt(servers[0]!);
  const { secret } = (await enableTwoFactor(person.client)).data.enableTwoFactor!.enrolment!;
  const { data } = await confirmTwoFactor(person.client, await totpCode(secret, new Date()));
  await forgetSteps(person);
  return { ...person, token: person.client.token!, secret, backupCodes: data.confirmTwoFactor!.backupCodes! };
}

/** Lets the codes of now be used once more, since a test of processes does not wait for the clock. */
const forgetSteps = ({ username }: { readonly username: string }) =>
  database.query('update two_factors set last_step = 0 from accounts where id = account_id and username = $1', [
    username,
  ]);

const clearAttempts = () => database.query('delete from attempts');
const codeOfNow = ({ secret }: Enrolled) => totpCode(secret, new Date());
const challengeOf = ({ username }: Enrolled) => openChallenge(nextClient(), { username, password: goodPassword });
const challengesOf = async (person: Enrolled, count: number) =>
  Promise.all(Array.from({ length: count }, () => challengeOf(person)));

/** The sessions of a person that are not over. */
const sessionsOf = ({ username }: Enrolled) =>
  database.query(
    'select 1 from sessions join accounts on accounts.id = account_id and accounts.auth_version = sessions.auth_version where username = $1',
    [username],
  );

/** How many of some answers worked. */
const successes = (answers: readonly Answer<object>[]) =>
  answers.filter(({ data }) =>
    Object.values((data ?? {}) as Record<string, { userErrors: unknown[] } | null>).some(
      (payload) => payload?.userErrors.length === 0,
    ),
  ).length;

const times = <Result>(count: number, act: (number: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, number) => act(number)));

test('one challenge and one right code, sent 50 times at once to two servers, open one session (R-12)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const person = await enrol();
    const [challenge, code] = [await challengeOf(person), await codeOfNow(person)];
    const answers = await times(50, () => verifySecondFactor(nextClient(), challenge, { totpCode: code }));
    expect(successes(answers)).toBe(1);
    // The one that turned two-factor authentication on, and this one.
    expect(await sessionsOf(person)).toHaveLength(2);
  }
});

test('one challenge and 50 different proofs that are all right open one session (R-12)', async () => {
  const person = await enrol();
  const [challenge, code] = [await challengeOf(person), await codeOfNow(person)];
  const answers = await times(50, (n) =>
    verifySecondFactor(
      nextClient(),
      challenge,
      n % 2 ? { totpCode: code } : { backupCode: person.backupCodes[n % 10]! },
    ),
  );
  expect(successes(answers)).toBe(1);
  const unused = await database.query(
    'select 1 from backup_codes join accounts on accounts.id = account_id where username = $1 and used_at is null',
    [person.username],
  );
  // The code that did not open it was not used up.
  expect(unused.length).toBe(
    answers.some(({ data }) => data?.verifySecondFactor?.session?.session.factors.includes('BACKUP_CODE')) ? 9 : 10,
  );
});

test('one step of the app, sent 50 times at once for signing in, step-up and new backup codes, does one thing (R-26)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const person = await enrol();
    const challenges = await challengesOf(person, 5);
    const code = await codeOfNow(person);
    const answers = await times(50, (n): Promise<Answer<object>> => {
      if (n % 10 === 8) return confirmIdentity(nextClient(person.token), goodPassword, { totpCode: code });
      if (n % 10 === 9) return regenerateBackupCodes(nextClient(person.token), code);
      return verifySecondFactor(nextClient(), challenges[n % 5]!, { totpCode: code });
    });
    expect(successes(answers)).toBe(1);
    await clearAttempts();
  }
});

test('the code that confirms an enrolment turns it on once, of 50 at once, and signs nobody in (R-26, R-30)', async () => {
  const person = await registerAt(servers[0]!);
  const { secret } = (await enableTwoFactor(person.client)).data.enableTwoFactor!.enrolment!;
  const code = await totpCode(secret, new Date());
  const answers = await times(50, () => confirmTwoFactor(nextClient(person.token), code));
  expect(successes(answers)).toBe(1);
  expect(
    await database.query('select 1 from backup_codes join accounts on accounts.id = account_id where username = $1', [
      person.username,
    ]),
  ).toHaveLength(10);
  const challenge = await openChallenge(nextClient(), { username: person.username, password: goodPassword });
  expect(await verifySecondFactor(nextClient(), challenge, { totpCode: code })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test('one backup code, sent 50 times at once with five challenges, opens one session (R-38)', async () => {
  const person = await enrol();
  const challenges = await challengesOf(person, 5);
  const answers = await times(50, (n) =>
    verifySecondFactor(nextClient(), challenges[n % 5]!, { backupCode: person.backupCodes[0]! }),
  );
  expect(successes(answers)).toBe(1);
  expect(
    await database.query(
      "select 1 from security_events join accounts on accounts.id = account_id where type = 'BACKUP_CODE_USED' and username = $1",
      [person.username],
    ),
  ).toHaveLength(1);
});

test('one backup code for signing in and for disabling at once does one of the two, in 20 rounds (R-38)', async () => {
  let [signedIn, disabled] = [0, 0];
  for (let round = 0; round < 20; round += 1) {
    const person = await enrol();
    const challenge = await challengeOf(person);
    const backupCode = person.backupCodes[0]!;
    const attempts = [
      () => verifySecondFactor(nextClient(), challenge, { backupCode }),
      () => disableTwoFactor(nextClient(person.token), { backupCode }),
    ] as const;
    const answers = await Promise.all(round % 2 ? [attempts[0](), attempts[1]()] : [attempts[1](), attempts[0]()]);
    expect(successes(answers)).toBe(1);
    const on = await database.query(
      'select 1 from two_factors join accounts on accounts.id = account_id where username = $1',
      [person.username],
    );
    if (on.length === 1) signedIn += 1;
    else disabled += 1;
  }
  // Both came about, or the rounds showed nothing.
  expect([signedIn > 0, disabled > 0]).toEqual([true, true]);
});

test('an old backup code and new ones at once: it signs in before they are made or not at all, in 20 rounds (R-39)', async () => {
  let [before, never] = [0, 0];
  for (let round = 0; round < 20; round += 1) {
    const person = await enrol();
    const challenge = await challengeOf(person);
    const backupCode = person.backupCodes[0]!;
    const regenerating = regenerateBackupCodes(nextClient(person.token), await codeOfNow(person));
    // Ten hashes come before the change; the later rounds ask close to it.
    const signingIn =
      round % 2
        ? verifySecondFactor(nextClient(), challenge, { backupCode })
        : regenerating.then(() => verifySecondFactor(nextClient(), challenge, { backupCode }));
    const [made, signIn] = await Promise.all([regenerating, signingIn]);
    expect(made).toSucceed();
    const rows = await database.query<{ used: boolean }>(
      'select used_at is not null as used from backup_codes join accounts on accounts.id = account_id where username = $1',
      [person.username],
    );
    // All ten are of the new set, and none was used: whatever was used is gone with the old one.
    expect(rows).toEqual(Array.from({ length: 10 }, () => ({ used: false })));
    if (signIn.data.verifySecondFactor!.session) before += 1;
    else never += 1;
    expect(
      await verifySecondFactor(nextClient(), await challengeOf(person), { backupCode: person.backupCodes[1]! }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(
      await verifySecondFactor(nextClient(), await challengeOf(person), {
        backupCode: made.data.regenerateBackupCodes!.backupCodes![0]!,
      }),
    ).toSucceed();
  }
  expect([before > 0, never > 0]).toEqual([true, true]);
});

test('of 200 wrong codes at once at five challenges ten are looked at (R-18, R-20)', async () => {
  const person = await enrol();
  const challenges = await challengesOf(person, 5);
  const near = await Promise.all(
    [-2, -1, 0, 1, 2].map((steps) => totpCode(person.secret, new Date(Date.now() + steps * 30_000))),
  );
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  await times(200, (n) => verifySecondFactor(nextClient(), challenges[n % 5]!, { totpCode: wrong }));
  const [row] = await database.query<{ failures: number }>(
    `select failures from attempts where bucket = 'second-factor:' || (select id from accounts where username = $1)`,
    [person.username],
  );
  expect(row).toEqual({ failures: 10 });
  const events = await database.query(
    "select 1 from security_events join accounts on accounts.id = account_id where type = 'SECOND_FACTOR_FAILED' and username = $1",
    [person.username],
  );
  expect(events).toHaveLength(10);
  expect(
    await verifySecondFactor(nextClient(), await challengeOf(person), { totpCode: await codeOfNow(person) }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});
