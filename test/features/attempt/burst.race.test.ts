import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { goodPassword } from '../../support/users.js';
import { registerAt } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let both: TwoServers;
beforeAll(async () => {
  both = await startTwoServers();
});
afterAll(() => both.stop());

const send = (document: string, variables: Record<string, unknown>, number: number, token?: string) =>
  both.client(number, token).send(document, variables);

const login = (username: string, password: string, number: number) =>
  send(
    'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code field } } }',
    { input: { login: username, password, delivery: 'BEARER' } },
    number,
  );

test('verifies at most ten of 100 concurrent wrong passwords, then rejects the right one (R-18)', async () => {
  const { username } = await registerAt(both.servers[0]);
  await Promise.all(Array.from({ length: 100 }, (_, number) => login(username, 'wrong-wrong', number)));
  const [{ failures }] = (await both.database.query<{ failures: number }>(
    "select failures from attempts where bucket like 'password:network:' || (select id from accounts where username = $1) || '%'",
    [username],
  )) as [{ failures: number }];
  expect(failures).toBeLessThanOrEqual(10);
  // A busy server refunds attempts that it could not verify.
  for (let attempts = failures; attempts < 10; attempts += 1) await login(username, 'wrong-wrong', attempts);
  expect(await login(username, goodPassword, 0)).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

const change =
  'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { session { token } userErrors { code field } } }';

test('applies one of five concurrent password changes, and keeps one session token (R-6, R-54)', async () => {
  const { username, token } = await registerAt(both.servers[0]);
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, number) =>
      send(
        change,
        {
          input: {
            currentPassword: goodPassword,
            newPassword: `Louder-Lantern-${number}`,
            confirmPassword: `Louder-Lantern-${number}`,
          },
        },
        number,
        token,
      ),
    ),
  );
  const tokens = answers.flatMap(({ data }) => data?.['changePassword']?.session?.token ?? []) as string[];
  expect(tokens).toHaveLength(1);
  const winner = answers.findIndex(({ data }) => data?.['changePassword']?.session);
  expect(await login(username, `Louder-Lantern-${winner}`, 1)).toSucceed();
  expect((await send('{ me { id } }', {}, 1, token)).status).toBe(401);
  expect((await send('{ me { id } }', {}, 0, tokens[0])).status).toBe(200);
});

test('applies one of two concurrent password changes and revokes the other session, 10 times (R-6, R-50)', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { username, token } = await registerAt(both.servers[0]);
    const { data } = await login(username, goodPassword, 1);
    const answers = await Promise.all(
      [token, data['login'].session.token as string].map((own, number) =>
        send(
          change,
          {
            input: {
              currentPassword: goodPassword,
              newPassword: `Louder-Lantern-${number}`,
              confirmPassword: `Louder-Lantern-${number}`,
            },
          },
          number,
          own,
        ),
      ),
    );
    expect(answers.filter((answer) => answer.data?.['changePassword']?.session)).toHaveLength(1);
    expect(
      await both.database.query(
        'select s.id from sessions s join accounts a on a.id = s.account_id and a.auth_version = s.auth_version where a.username = $1',
        [username],
      ),
    ).toHaveLength(1);
  }
});

test('issues one new token for five concurrent confirmations of a session (R-54)', async () => {
  const { token } = await registerAt(both.servers[0]);
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, number) =>
      send(
        'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { session { token } userErrors { code field } } }',
        { input: { password: goodPassword } },
        number,
        token,
      ),
    ),
  );
  expect(answers.flatMap(({ data }) => data?.['confirmIdentity']?.session?.token ?? [])).toHaveLength(1);
});

test('rejects a username that another request is releasing (R-100)', async () => {
  const [owner, other] = await Promise.all([registerAt(both.servers[0]), registerAt(both.servers[1])]);
  const rename = (username: string, number: number, token: string) =>
    send(
      'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { user { username } userErrors { code field } } }',
      { input: { username } },
      number,
      token,
    );
  const [released, wanted] = await both.oneWhileTheOtherEnds(
    () => rename('moved-away', 0, owner.token),
    () => rename(owner.username, 1, other.token),
  );
  expect(released).toSucceed();
  expect(wanted).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
});

test('assigns a username once, and never while it is being released, in 20 rounds (R-100)', async () => {
  const rename =
    'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { user { username } userErrors { code field } } }';
  for (let round = 0; round < 20; round += 1) {
    const [one, other] = await Promise.all([registerAt(both.servers[0]), registerAt(both.servers[1])]);
    const wanted = `wanted${round}`;
    const answers = await Promise.all(
      [one, other].map(({ token }, number) => send(rename, { input: { username: wanted } }, number, token)),
    );
    expect(answers.filter(({ data }) => data['changeUsername'].user !== null)).toHaveLength(1);
    const third = await registerAt(both.servers[0]);
    const [released, taken] = await Promise.all([
      send(rename, { input: { username: `moved${round}` } }, 0, third.token),
      send(
        'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code field } } }',
        { input: { username: third.username, password: goodPassword, confirmPassword: goodPassword } },
        1,
      ),
    ]);
    expect(released).toSucceed();
    expect(taken).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  }
});
