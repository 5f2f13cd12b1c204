import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { confirmationOptions, newPasskeyUser, pageOrigin } from '../../support/passkeys.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  forgetTrustedBrowsers,
  myTrustedBrowsers,
  newTrustingUser,
  signInAgain,
  signInAndTrust,
  skipsSecondStep,
  trustCookie,
} from '../../support/trusted-browsers.js';
import { newTwoFactorUser, type TwoFactorUser } from '../../support/two-factor.js';
import { accountOf } from '../administration/administrators.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_BROWSER_DAYS: '30', PUBLIC_URL: pageOrigin });
});
afterAll(() => postern.close());

/** Signs in with both factors on a new client and asks for trust. */
async function trustNewBrowser({ app, ...user }: TwoFactorUser, delivery: 'COOKIE' | 'BEARER' = 'COOKIE') {
  const browser = postern.client();
  const answer = await signInAndTrust(browser, user, { totpCode: await app.nextCode() }, delivery);
  expect(answer.data.verifySecondFactor).toMatchObject({ userErrors: [] });
  return { browser, answer };
}

const trusts = async (username: string) =>
  (
    await query(
      postern.database,
      'select 1 from trusted_browsers join accounts on accounts.id = account_id where username = ?',
      [username],
    )
  ).length;

test('skips the second step in a browser that the user trusts, and in no other (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const again = await signInAgain(user);
  expect(await skipsSecondStep(postern.client(), user)).toBe(false);
  const { data } = await again.send('{ me { sessions { factors current } } }');
  const [current] = data.me!.sessions.filter((session: { current: boolean }) => session.current);
  expect(current).toEqual({ factors: ['PASSWORD'], current: true });
});

test('sends the token in its own HttpOnly cookie that ends with the trust (R-111)', async () => {
  const { answer } = await trustNewBrowser(await newTwoFactorUser(postern));
  const [cookie] = answer.headers.getSetCookie().filter((line) => line.startsWith(`${trustCookie}=`));
  const expires = new Date(postern.clock.read().getTime() + 30 * 86_400_000);
  expect(cookie).toMatch(/^postern_trust=pst_[0-9A-Za-z]{49}; /);
  expect(cookie).toContain(`Expires=${expires.toUTCString()}`);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
});

test('stores only the hash of the token (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const rows = await query(postern.database, 'select * from trusted_browsers');
  expect(JSON.stringify(rows)).not.toContain(user.browser.cookies.get(trustCookie)!);
});

test('names the cookie __Host-postern_trust with https (R-111)', async () => {
  const secure = await startPostern({ TRUSTED_BROWSER_DAYS: '30', PUBLIC_URL: 'https://id.example.org' });
  const { app, ...user } = await newTwoFactorUser(secure, 'BEARER');
  const { headers } = await signInAndTrust(secure.client(), user, { totpCode: await app.nextCode() });
  const [cookie] = headers.getSetCookie().filter((line) => line.includes('postern_trust'));
  expect(cookie).toMatch(/^__Host-postern_trust=pst_.*; Path=\/; .*Secure/);
  await secure.close();
});

test('lists trusted browsers with device, address, times and the current one', async () => {
  const user = await newTrustingUser(postern);
  const now = postern.clock.read();
  await trustNewBrowser(user);
  expect(await myTrustedBrowsers(user.browser)).toMatchObject([
    { current: false },
    {
      current: true,
      ip: '127.0.0.1',
      createdAt: now.toISOString(),
      lastUsedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + 30 * 86_400_000).toISOString(),
    },
  ]);
});

test('finds a trusted browser of the viewer by its ID, and not another user’s', async () => {
  const [user, other] = [await newTrustingUser(postern), await newTrustingUser(postern)];
  const { id } = (await myTrustedBrowsers(user.browser))![0]!;
  expect(id).toMatch(/^browser_/);
  const ask = '($id: ID!) { node(id: $id) { id ... on TrustedBrowser { current } } }';
  const find = (client: typeof user.browser) => client.send(`query ${ask}`, { id });
  expect((await find(user.browser)).data).toEqual({ node: { id, current: true } });
  expect((await find(other.browser)).data).toEqual({ node: null });
});

test('ends the trust at the day it was given for, whatever its use (R-111)', async () => {
  const user = await newTrustingUser(postern);
  postern.clock.advance({ days: 29 });
  const client = await signInAgain(user);
  expect(await myTrustedBrowsers(client)).toMatchObject([{ lastUsedAt: postern.clock.read().toISOString() }]);
  postern.clock.advance({ days: 1 });
  await expect(signInAgain(user)).rejects.toThrow('not trusted');
  expect(await myTrustedBrowsers(postern.client())).toBeNull();
});

test('trusts a browser after a passkey as the second factor too', async () => {
  const { authenticator, client, ...user } = await newPasskeyUser(postern);
  const browser = postern.client();
  const { data } = await browser.send(
    'mutation ($input: LoginInput!) { login(input: $input) { secondFactor { challenge passkeyOptions } } }',
    { input: { login: user.username, password: user.password } },
  );
  const { challenge, passkeyOptions } = data.login.secondFactor;
  await browser.send(
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { userErrors { code } } }',
    { input: { challenge, factor: { passkey: authenticator.answer(passkeyOptions) }, trustBrowser: true } },
  );
  expect(browser.cookies.has(trustCookie)).toBe(true);
  expect(await skipsSecondStep(browser, user)).toBe(true);
  expect(await confirmationOptions(client)).toBeTruthy();
});

test('gives no trust with a backup code (R-113)', async () => {
  const user = await newTwoFactorUser(postern);
  const browser = postern.client();
  await signInAndTrust(browser, user, { backupCode: user.backupCodes[0]! });
  expect(browser.cookies.has('postern_session')).toBe(true);
  expect([browser.cookies.has(trustCookie), await trusts(user.username)]).toEqual([false, 0]);
});

test('gives no trust to a client with a bearer token (R-111)', async () => {
  const user = await newTwoFactorUser(postern);
  const { browser } = await trustNewBrowser(user, 'BEARER');
  expect([browser.cookies.has(trustCookie), await trusts(user.username)]).toEqual([false, 0]);
});

test.each(['ADMIN', 'ROOT'])('gives no trust to an account of the role %s (R-111)', async (role) => {
  const user = await newTwoFactorUser(postern);
  await query(postern.database, 'update accounts set role = ? where username = ?', [role, user.username]);
  const { browser } = await trustNewBrowser(user);
  expect([browser.cookies.has(trustCookie), await trusts(user.username)]).toEqual([false, 0]);
});

test('does not skip the second step for a user who became an administrator without ending trust', async () => {
  const user = await newTrustingUser(postern);
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [user.username]);
  await expect(signInAgain(user)).rejects.toThrow('not trusted');
});

test('does not skip the second step for a bearer token (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const { data } = await user.browser
    .copy()
    .send('mutation ($input: LoginInput!) { login(input: $input) { session { token } secondFactor { factors } } }', {
      input: { login: user.username, password: user.password, delivery: 'BEARER' },
    });
  expect(data.login).toMatchObject({ session: null, secondFactor: { factors: ['TOTP', 'BACKUP_CODE'] } });
});

test('does not skip the second step of another account in the same browser (R-111)', async () => {
  const [user, other] = [await newTrustingUser(postern), await newTwoFactorUser(postern)];
  const client = user.browser.copy();
  client.cookies.delete('postern_session');
  expect(await skipsSecondStep(client, other)).toBe(false);
});

test('does not skip the password: a wrong one is refused in a trusted browser (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const { data } = await user.browser.send(
    'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }',
    { input: { login: user.username, password: 'wrong-wrong' } },
  );
  expect(data.login).toEqual({ session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
});

test.each([
  ['a token that was never issued', 'pst_'.padEnd(53, 'a')],
  ['no token', 'garbage'],
  ['a very long text', 'x'.repeat(2_000)],
])('asks for the second factor when the cookie contains %s', async (_name, token) => {
  const user = await newTrustingUser(postern);
  const client = postern.client();
  client.cookies.set(trustCookie, token);
  expect(await skipsSecondStep(client, user)).toBe(false);
});

test('is not accepted as a session or bearer token (R-9)', async () => {
  const { browser } = await newTrustingUser(postern);
  const token = browser.cookies.get(trustCookie)!;
  const client = postern.client();
  client.cookies.set('postern_session', token);
  expect((await client.send('{ me { id } }')).data).toEqual({ me: null });
});

test('keeps at most 10 browsers of an account; the one unused longest makes way (R-112)', async () => {
  const user = await newTwoFactorUser(postern);
  const first = await trustNewBrowser(user);
  const second = await trustNewBrowser(user);
  postern.clock.advance({ minutes: 1 });
  expect(await skipsSecondStep(first.browser, user)).toBe(true);
  for (let n = 0; n < 9; n += 1) await trustNewBrowser(user);
  expect(await trusts(user.username)).toBe(10);
  expect(await skipsSecondStep(first.browser, user)).toBe(true);
  expect(await skipsSecondStep(second.browser, user)).toBe(false);
});

test('replaces the trust of a browser that is trusted again', async () => {
  const user = await newTrustingUser(postern);
  await trustNewBrowser(user);
  const old = user.browser.cookies.get(trustCookie);
  user.browser.cookies.delete('postern_session');
  // The password alone signs in here, so the challenge comes from another client.
  const elsewhere = postern.client();
  const { data } = await elsewhere.send(
    'mutation ($input: LoginInput!) { login(input: $input) { secondFactor { challenge } } }',
    { input: { login: user.username, password: user.password } },
  );
  const factor = { totpCode: await user.app.nextCode() };
  await user.browser.send(
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { userErrors { code } } }',
    { input: { challenge: data.login.secondFactor.challenge, factor, trustBrowser: true } },
  );
  expect(user.browser.cookies.get(trustCookie)).not.toBe(old);
  expect(await trusts(user.username)).toBe(2);
});

test('records that a sign-in skipped the second factor', async () => {
  const user = await newTrustingUser(postern);
  await signInAgain(user);
  const { id } = await accountOf(postern, user);
  const rows = await query(
    postern.database,
    "select detail from security_events where account_id = ? and type = 'LOGIN_SUCCEEDED' order by id",
    [id],
  );
  expect(rows.at(-1)).toEqual({ detail: 'TRUSTED_BROWSER' });
});

test('has no trusted browsers when they are turned off, and accepts none that was trusted before', async () => {
  const off = await startPostern();
  const { data } = await off.client().send('{ policy { trustedBrowserDays } }');
  expect(data).toEqual({ policy: { trustedBrowserDays: null } });
  const { app, ...user } = await newTwoFactorUser(off);
  const browser = off.client();
  await signInAndTrust(browser, user, { totpCode: await app.nextCode() });
  expect(browser.cookies.has(trustCookie)).toBe(false);
  await off.close();
  expect((await postern.client().send('{ policy { trustedBrowserDays } }')).data).toEqual({
    policy: { trustedBrowserDays: 30 },
  });
});

test('forgets all trusted browsers of the caller, and no other user’s', async () => {
  const [user, other] = [await newTrustingUser(postern), await newTrustingUser(postern)];
  expect((await forgetTrustedBrowsers(user.client)).data.forgetTrustedBrowsers!.forgottenIds).toHaveLength(1);
  expect(await myTrustedBrowsers(user.client)).toEqual([]);
  await expect(signInAgain(user)).rejects.toThrow('not trusted');
  await signInAgain(other);
});
