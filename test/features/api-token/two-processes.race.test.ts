import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';
import { registerAt, type Registered } from '../../support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../../support/server-process.js';
import { newApiToken, program, resetToken, viewToken } from './own-token.js';

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

const at = (server: number, { token }: Registered) => program(servers[server % 2]!, token);
const accepted = (token: string) =>
  Promise.all(servers.map(async (server) => (await program(server, token).send('{ me { id } }')).status === 200));

test('leaves one working, viewable API token after concurrent resets on two servers, 30 times (R-65)', async () => {
  const user = await registerAt(servers[0]!);
  let overtaken = 0;
  for (let round = 0; round < 30; round += 1) {
    const old = await newApiToken(at(round, user));
    const answers = await Promise.all([0, 1].map((number) => resetToken(at(number, user))));
    for (const answer of answers) expect(answer).toSucceed();
    const tokens = answers.map(({ data }) => data.resetApiToken!.token!);
    const works = await Promise.all(tokens.map(accepted));
    expect(works).toEqual(
      expect.arrayContaining([
        [true, true],
        [false, false],
      ]),
    );
    expect(await accepted(old)).toEqual([false, false]);
    expect((await viewToken(at(round, user))).data.viewApiToken!.token).toBe(tokens[works.findIndex(([one]) => one)]);
    if (works[0]![0]) overtaken += 1;
  }
  // Each side was the later one in some rounds. Otherwise the rounds showed no race.
  expect(overtaken).toBeGreaterThan(0);
  expect(overtaken).toBeLessThan(30);
}, 120_000);

test('shows an API token with its own hint while two servers reset it, in 30 rounds (R-64, R-65)', async () => {
  const user = await registerAt(servers[0]!);
  for (let round = 0; round < 30; round += 1) {
    const old = await newApiToken(at(round, user));
    const [view, ...resets] = await Promise.all([
      viewToken(at(round, user)),
      resetToken(at(0, user)),
      resetToken(at(1, user)),
    ]);
    expect(view).toSucceed();
    const { token, apiToken } = view.data.viewApiToken!;
    expect([old, ...resets.map(({ data }) => data.resetApiToken!.token)]).toContain(token);
    expect(apiToken!.hint).toBe(token!.slice(-4));
  }
}, 120_000);

test('leaves no API token when it is reset and removed concurrently, in 30 rounds (R-50, R-65)', async () => {
  let refused = 0;
  for (let round = 0; round < 30; round += 1) {
    const user = await registerAt(servers[0]!);
    const resets = [0, 1, 2, 3].map((number) => resetToken(at(number, user)));
    if (round % 2 === 0) await Promise.race(resets);
    // What a password reset does, in one transaction.
    await database.query(`do $$ begin
      update accounts set auth_version = auth_version + 1 where username = '${user.username}';
      delete from api_tokens using accounts where accounts.id = account_id and username = '${user.username}';
    end $$`);
    const answers = await Promise.all(resets);
    refused += answers.filter(({ data }) => !data?.resetApiToken).length;
    expect(
      await database.query('select 1 from api_tokens join accounts on accounts.id = account_id where username = $1', [
        user.username,
      ]),
    ).toEqual([]);
    for (const { data } of answers)
      if (data?.resetApiToken?.token) expect(await accepted(data.resetApiToken.token)).toEqual([false, false]);
  }
  // Some resets came too late. Otherwise the rounds showed no race.
  expect(refused).toBeGreaterThan(0);
}, 120_000);
