import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { pageOrigin } from '../../support/passkeys.js';
import { registerAt } from '../../support/registrations.js';
import { forgetTrustedBrowsers, skipsSecondStep } from '../../support/trusted-browsers.js';
import { confirmTwoFactor, enableTwoFactor, openChallenge, totpCode } from '../../support/two-factor.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { goodPassword } from '../../support/users.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers({ PUBLIC_URL: pageOrigin, TRUSTED_BROWSER_DAYS: '30' });
});
afterAll(() => two.stop());

const password = goodPassword;
const STEP_MS = 30_000;

/** A user with two-factor authentication on, and the codes of the app that are still unused. */
async function newUserWithApp() {
  const { id, username, client } = await registerAt(two.servers[0]);
  const { data } = await enableTwoFactor(client);
  const { secret } = data.enableTwoFactor!.enrolment!;
  const codeOf = (step: number) => totpCode(secret, new Date(Date.now() + step * STEP_MS));
  await confirmTwoFactor(client, await codeOf(-1));
  const [row] = await two.database.query<{ id: string }>('select id from accounts where username = $1', [username]);
  return { publicId: id, accountId: row!.id, username, password, client, codes: [await codeOf(0), await codeOf(1)] };
}

type User = Awaited<ReturnType<typeof newUserWithApp>>;

const verify = (client: Client, challenge: string, code: string) =>
  client.send(
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { session { session { id } } userErrors { code } } }',
    { input: { challenge, factor: { totpCode: code }, trustBrowser: true } },
  );

async function trust(user: User, number: number): Promise<Client> {
  const browser = two.client(number);
  await verify(browser, await openChallenge(browser, user, 'COOKIE'), user.codes.shift()!);
  expect(browser.cookies.has('postern_trust')).toBe(true);
  browser.cookies.delete('postern_session');
  return browser;
}

const count = async (table: 'trusted_browsers' | 'sessions', accountId: string) =>
  (await two.database.query(`select 1 from ${table} where account_id = $1`, [accountId])).length;

test('opens no session with trust that a concurrent request forgets first (R-112)', async () => {
  const user = await newUserWithApp();
  const browser = await trust(user, 1);
  const before = await count('sessions', user.accountId);
  const [forgotten, skipped] = await two.oneBeforeTheOther(
    user.accountId,
    () => forgetTrustedBrowsers(user.client),
    () => skipsSecondStep(browser, user).catch(() => false),
  );
  expect(forgotten.data.forgetTrustedBrowsers!.forgottenIds).toHaveLength(1);
  expect([skipped, await count('sessions', user.accountId)]).toEqual([false, before]);
});

test('ends a session that trust opens first, when a concurrent request forgets the trust (R-112)', async () => {
  const user = await newUserWithApp();
  const browser = await trust(user, 1);
  const before = await count('sessions', user.accountId);
  const [skipped] = await two.oneBeforeTheOther(
    user.accountId,
    () => skipsSecondStep(browser, user),
    () => forgetTrustedBrowsers(user.client),
  );
  expect([skipped, await count('sessions', user.accountId)]).toEqual([true, before]);
});

test('gives no trust when a concurrent change of the password comes first (R-112, D-1)', async () => {
  const user = await newUserWithApp();
  const browser = two.client(1);
  const challenge = await openChallenge(browser, user, 'COOKIE');
  await two.oneBeforeTheOther(
    user.accountId,
    () =>
      user.client.send(
        'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
        {
          input: { currentPassword: password, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
        },
      ),
    () => verify(browser, challenge, user.codes[0]!),
  );
  expect([browser.cookies.has('postern_trust'), await count('trusted_browsers', user.accountId)]).toEqual([false, 0]);
});

test('gives trust once when one second step is sent 20 times concurrently (R-12)', async () => {
  const user = await newUserWithApp();
  const challenge = await openChallenge(two.client(0), user, 'COOKIE');
  const clients = Array.from({ length: 20 }, (_, number) => two.client(number));
  await Promise.all(clients.map((client) => verify(client, challenge, user.codes[0]!)));
  expect(clients.filter(({ cookies }) => cookies.has('postern_trust'))).toHaveLength(1);
  expect(await count('trusted_browsers', user.accountId)).toBe(1);
});
