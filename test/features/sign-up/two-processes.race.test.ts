import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hashToken, newToken } from '../../../src/crypto/token.js';
import { goodPassword } from '../../support/users.js';
import type { ServerProcess } from '../../support/server-process.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let both: TwoServers;
beforeAll(async () => {
  both = await startTwoServers();
});
beforeEach(() =>
  both.database.query(
    'set session_replication_role = replica; truncate accounts, sessions, setup_tokens, security_events cascade; reset session_replication_role',
  ),
);
afterAll(() => both.stop());

const ROUNDS = 20;

async function issueToken(): Promise<string> {
  const token = newToken('setup');
  await both.database.query(
    "insert into setup_tokens (id, token_hash, created_at, expires_at) values (gen_random_uuid(), $1, now(), now() + interval '1 day')",
    [hashToken(token)],
  );
  return token;
}

const completeSetup =
  'mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { user { username role } session { token } userErrors { code field } } }';
const register =
  'mutation ($input: RegisterInput!) { register(input: $input) { user { username } session { token } userErrors { code field } } }';

/** Completes the setup on both servers concurrently and checks the outcome. */
async function completeTwice(tokens: readonly string[]): Promise<void> {
  const answers = await Promise.all(
    both.servers.map((server, number) =>
      server.client().send(completeSetup, {
        input: {
          setupToken: tokens[number],
          username: `root-${number}`,
          password: goodPassword,
          confirmPassword: goodPassword,
          delivery: 'BEARER',
        },
      }),
    ),
  );
  const payloads = answers.map(({ data }) => data['completeSetup']);
  const winner = payloads.findIndex(({ user }) => user !== null);
  expect(payloads.filter(({ user }) => user !== null)).toEqual([
    { user: { username: `root-${winner}`, role: 'ROOT' }, session: { token: expect.any(String) }, userErrors: [] },
  ]);
  expect(payloads[1 - winner]).toEqual({
    user: null,
    session: null,
    userErrors: [{ code: 'INVALID_TOKEN', field: ['setupToken'] }],
  });
  expect(await both.database.query('select username, role from accounts')).toEqual([
    { username: `root-${winner}`, role: 'ROOT' },
  ]);
  expect(await both.database.query('select id from sessions')).toHaveLength(1);
  expect(await both.database.query('select type from security_events')).toEqual([{ type: 'SETUP_COMPLETED' }]);
  expect(await both.database.query('select id from setup_tokens where used_at is null')).toEqual([]);
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  'creates one ROOT in two concurrent setups with one token, round %i (R-77)',
  async () => {
    const token = await issueToken();
    await completeTwice([token, token]);
  },
);

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  'creates one ROOT in two concurrent setups with two tokens, round %i (R-77)',
  async () => {
    await completeTwice([await issueToken(), await issueToken()]);
  },
);

test('creates no second ROOT with a token issued during another setup (R-77)', async () => {
  const complete = (server: ServerProcess, setupToken: string, username: string) =>
    server.client().send(completeSetup, {
      input: { setupToken, username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
    });
  // The first one has created its ROOT and waits before the commit, so that ROOT is not visible yet.
  const [first, second] = await both.oneWhileTheOtherEnds(
    async () => complete(both.servers[0], await issueToken(), 'first-root'),
    async () => complete(both.servers[1], await issueToken(), 'second-root'),
  );
  expect(first).toSucceed();
  expect(second).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
  expect(await both.database.query('select username from accounts')).toEqual([{ username: 'first-root' }]);
});

test.each([1, 2, 3])(
  'creates one account in 20 concurrent sign-ups for spellings of one name, round %i (R-100)',
  async () => {
    const spellings = ['Bob', 'bob', 'Ｂｏｂ', 'BOB'];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        both.client(number).send(register, {
          input: {
            username: spellings[number % 4],
            password: goodPassword,
            confirmPassword: goodPassword,
            delivery: 'BEARER',
          },
        }),
      ),
    );
    const payloads = answers.map(({ data }) => data['register']);
    expect(payloads.filter(({ user }) => user !== null)).toEqual([
      { user: { username: 'bob' }, session: { token: expect.any(String) }, userErrors: [] },
    ]);
    expect(payloads.filter(({ user }) => user === null)).toEqual(
      Array.from({ length: 19 }, () => ({
        user: null,
        session: null,
        userErrors: [{ code: 'USERNAME_TAKEN', field: ['username'] }],
      })),
    );
    expect(await both.database.query('select username from accounts')).toEqual([{ username: 'bob' }]);
    expect(await both.database.query('select id from sessions')).toHaveLength(1);
    expect(await both.database.query('select type from security_events')).toEqual([{ type: 'REGISTERED' }]);
  },
);
