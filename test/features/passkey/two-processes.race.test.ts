import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer, Client } from '../../support/client.js';
import {
  confirmationOptions,
  deletePasskey,
  loginOptions,
  loginWithPasskey,
  pageOrigin,
  registerPasskey,
  registrationOptions,
} from '../../support/passkeys.js';
import { registerAt } from '../../support/registrations.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { goodPassword } from '../../support/users.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers({ PUBLIC_URL: pageOrigin });
});
afterAll(() => two.stop());

const password = goodPassword;

async function userWithPasskey() {
  const { username, token } = await registerAt(two.servers[0]);
  const client = two.client(0, token!);
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const { data } = await registerPasskey(
    client,
    authenticator.register(await registrationOptions(client, { password })),
  );
  return { username, client, authenticator, passkey: data.registerPasskey!.passkey!.id };
}

/** How many answers have no error of either kind. */
const successes = (answers: readonly Answer<object>[]) =>
  answers.filter(({ data, errors }) => {
    const [payload] = Object.values((data ?? {}) as Record<string, { userErrors: unknown[] } | null>);
    return errors.length === 0 && payload?.userErrors.length === 0;
  }).length;

const count = async (from: string, username: string) =>
  (
    await two.database.query(`select 1 from ${from} join accounts on accounts.id = account_id where username = $1`, [
      username,
    ])
  ).length;

test('opens one session when one answer is sent 50 times concurrently (R-101)', async () => {
  const { username, authenticator } = await userWithPasskey();
  const before = await count('sessions', username);
  const answer = authenticator.answer(await loginOptions(two.client(0)));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) => loginWithPasskey(two.client(number), answer)),
  );
  expect(successes(answers)).toBe(1);
  expect(await count('sessions', username)).toBe(before + 1);
});

test('adds no passkey when a concurrent change of the password comes first (R-107, D-1)', async () => {
  const { username, token, id } = await registered();
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const client = two.client(0, token);
  const registration = authenticator.register(await registrationOptions(client, { password }));
  const change = (at: Client) =>
    at.send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }', {
      input: { currentPassword: password, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
    });
  const [changed, added] = await two.oneBeforeTheOther(
    id,
    () => change(two.client(1, token)),
    () => registerPasskey(client, registration),
  );
  expect([successes([changed]), successes([added])]).toEqual([1, 0]);
  expect([await count('passkeys', username), await count('two_factors', username)]).toEqual([0, 0]);
});

test('opens no session with a passkey that a concurrent request deletes first (D-1)', async () => {
  const { username, client, authenticator, passkey } = await userWithPasskey();
  const factor = { passkey: authenticator.answer(await confirmationOptions(client)) };
  const answer = authenticator.answer(await loginOptions(two.client(1)));
  const [deleted, signedIn] = await two.oneBeforeTheOther(
    await idOf(username),
    () => deletePasskey(client, passkey, { factor }),
    () => loginWithPasskey(two.client(1), answer),
  );
  expect([successes([deleted]), successes([signedIn])]).toEqual([1, 0]);
  expect(await count('sessions', username)).toBe(1);
});

const idOf = async (username: string) =>
  (await two.database.query<{ id: string }>('select id from accounts where username = $1', [username]))[0]!.id;

async function registered() {
  const { username, token } = await registerAt(two.servers[0]);
  return { username, token: token!, id: await idOf(username) };
}
