import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { goodPassword } from '../support/people.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../support/server-process.js';

let database: RaceDatabase;
let servers: readonly ServerProcess[];
beforeAll(async () => {
  database = await openRaceDatabase();
  servers = await Promise.all([startServer({ DATABASE_URL: database.url }), startServer({ DATABASE_URL: database.url })]);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const send = (document: string, variables: Record<string, unknown>, number: number, token?: string) =>
  Object.assign(servers[number % 2]!.client(), { token: token ?? null }).send(document, variables);

const login = (username: string, password: string, number: number) =>
  send('mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code field } } }', { input: { login: username, password, delivery: 'BEARER' } }, number);

test('of 100 wrong passwords at once on two servers ten are looked at, and then the right one is refused as well (R-18)', async () => {
  const { username } = await registerAt(servers[0]!);
  await Promise.all(Array.from({ length: 100 }, (_, number) => login(username, 'wrong-wrong', number)));
  const rows = await database.query<{ failures: number }>(`select failures from attempts where bucket = 'password:stranger:' || (select id from accounts where username = $1)`, [username]);
  expect(rows).toEqual([{ failures: 10 }]);
  expect(await login(username, goodPassword, 0)).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { session { token } userErrors { code field } } }';

test('of five changes of one password at once one wins, and one session is left with one token (R-6, R-54)', async () => {
  const { username, token } = await registerAt(servers[0]!);
  const answers = await Promise.all(Array.from({ length: 5 }, (_, number) =>
    send(change, { input: { currentPassword: goodPassword, newPassword: `Louder-Lantern-${number}`, confirmPassword: `Louder-Lantern-${number}` } }, number, token)));
  const tokens = answers.flatMap(({ data }) => data?.['changePassword']?.session?.token ?? []) as string[];
  expect(tokens).toHaveLength(1);
  const winner = answers.findIndex(({ data }) => data?.['changePassword']?.session);
  expect(await login(username, `Louder-Lantern-${winner}`, 1)).toSucceed();
  expect((await send('{ me { id } }', {}, 1, token)).status).toBe(401);
  expect((await send('{ me { id } }', {}, 0, tokens[0])).status).toBe(200);
});

test('of five confirmations of one session at once one gets the new token (R-54)', async () => {
  const { token } = await registerAt(servers[0]!);
  const answers = await Promise.all(Array.from({ length: 5 }, (_, number) =>
    send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { session { token } userErrors { code field } } }', { input: { password: goodPassword } }, number, token)));
  expect(answers.flatMap(({ data }) => data?.['confirmIdentity']?.session?.token ?? [])).toHaveLength(1);
});

test('of two people who want one name at once one gets it, and a name that is being released is nobody else’s, in 20 rounds (R-100)', async () => {
  const rename = 'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { user { username } userErrors { code field } } }';
  for (let round = 0; round < 20; round += 1) {
    const [one, other] = await Promise.all([registerAt(servers[0]!), registerAt(servers[1]!)]);
    const wanted = `wanted${round}`;
    const both = await Promise.all([one, other].map(({ token }, number) => send(rename, { input: { username: wanted } }, number, token)));
    expect(both.filter(({ data }) => data['changeUsername'].user !== null)).toHaveLength(1);
    const third = await registerAt(servers[0]!);
    const [released, taken] = await Promise.all([
      send(rename, { input: { username: `moved${round}` } }, 0, third.token),
      send('mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code field } } }', { input: { username: third.username, password: goodPassword, confirmPassword: goodPassword } }, 1),
    ]);
    expect(released).toSucceed();
    expect(taken).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  }
});
