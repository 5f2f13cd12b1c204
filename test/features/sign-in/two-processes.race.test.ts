import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { goodPassword } from '../../support/users.js';
import { registerAt } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let both: TwoServers;
beforeAll(async () => {
  both = await startTwoServers();
});
afterAll(() => both.stop());

const login =
  'mutation ($input: LoginInput!) { login(input: $input) { session { token session { id } } userErrors { code field } } }';

async function signIn(username: string, number: number) {
  const { data } = await both
    .client(number)
    .send(login, { input: { login: username, password: goodPassword, delivery: 'BEARER' } });
  return data['login'] as { session: { token: string } | null; userErrors: { code: string }[] };
}

/** Whether each server accepts a token. */
const accepted = (token: string) =>
  Promise.all([0, 1].map(async (number) => (await both.client(number, token).send('{ me { id } }')).status === 200));

test('keeps 20 sessions after 40 sign-ins on two servers, and records the revoked ones (R-58)', async () => {
  const { username } = await registerAt(both.servers[0]);
  const [{ id }] = (await both.database.query<{ id: string }>('select id from accounts where username = $1', [
    username,
  ])) as [{ id: string }];
  // At most ten password checks from unknown devices can run concurrently.
  const answers: Awaited<ReturnType<typeof signIn>>[] = [];
  for (let round = 0; round < 5; round += 1)
    answers.push(...(await Promise.all(Array.from({ length: 8 }, (_, number) => signIn(username, number)))));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(await both.database.query('select id from sessions where account_id = $1', [id])).toHaveLength(20);
  const live = await Promise.all(answers.map(({ session }) => accepted(session!.token)));
  expect(live.filter(([one, other]) => one && other).length).toBeLessThanOrEqual(20);
  expect(live.filter(([one, other]) => one !== other)).toEqual([]);
  // Of 41 sessions, including that of the sign-up, 21 were revoked.
  expect(
    await both.database.query("select id from security_events where type = 'SESSION_REVOKED' and account_id = $1", [
      id,
    ]),
  ).toHaveLength(21);
});

test('leaves no session from a sign-in that began before the account changed, in 20 rounds (R-56)', async () => {
  let refused = 0;
  let signedIn = 0;
  for (let round = 0; round < 20; round += 1) {
    const { username } = await registerAt(both.servers[0]);
    const underWay = Array.from({ length: 10 }, (_, number) => signIn(username, number));
    await Promise.race(underWay);
    // What a change of the password does to earlier sessions.
    await both.database.query('update accounts set auth_version = auth_version + 1 where username = $1', [username]);
    await both.database.query(
      'delete from sessions using accounts where accounts.id = account_id and username = $1 and sessions.auth_version < accounts.auth_version',
      [username],
    );
    const answers = await Promise.all(underWay);
    for (const { session, userErrors } of answers) {
      if (session === null) {
        expect(userErrors).toEqual([{ code: 'INVALID_CREDENTIALS', field: null }]);
        refused += 1;
      } else {
        expect(await accepted(session.token)).toEqual([false, false]);
        signedIn += 1;
      }
    }
    expect(
      await both.database.query(
        'select sessions.id from sessions join accounts on accounts.id = account_id where username = $1',
        [username],
      ),
    ).toEqual([]);
  }
  // Both outcomes occurred. Otherwise the rounds showed no race.
  expect(refused).toBeGreaterThan(0);
  expect(signedIn).toBeGreaterThan(0);
}, 300_000);

test('rejects a session on one server right after the other server revoked it (R-57)', async () => {
  const { username, client } = await registerAt(both.servers[0]);
  const other = await signIn(username, 1);
  expect(await accepted(other.session!.token)).toEqual([true, true]);
  const {
    session: { id },
  } = other.session as unknown as { session: { id: string } };
  const answer = await client.send(
    'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code } } }',
    { input: { sessionId: id } },
  );
  expect(answer).toSucceed();
  expect(await accepted(other.session!.token)).toEqual([false, false]);
  expect(await accepted(client.token!)).toEqual([true, true]);
});

test('keeps five open challenges after 40 concurrent sign-ins on two servers (R-11)', async () => {
  const { username } = await registerAt(both.servers[0]);
  await both.database.query(
    "insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, now(), 'nothing', 0 from accounts where username = $1",
    [username],
  );
  for (let round = 0; round < 5; round += 1)
    await Promise.all(Array.from({ length: 8 }, (_, number) => signIn(username, number)));
  const open = await both.database.query(
    'select second_factor_challenges.id from second_factor_challenges join accounts on accounts.id = account_id where username = $1',
    [username],
  );
  expect(open).toHaveLength(5);
});
