import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { confirmationOptions, pageOrigin, registerPasskey, registrationOptions } from '../../support/passkeys.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  forgetTrustedBrowsers,
  myTrustedBrowsers,
  newTrustingUser,
  signInAgain,
  signInAndTrust,
  trustCookie,
  type TrustingUser,
} from '../../support/trusted-browsers.js';
import { confirmIdentity, disableTwoFactor } from '../../support/two-factor.js';
import { eventsDuring } from '../security-event/events.js';
import { whoAmI } from '../sign-in/login-as.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_BROWSER_DAYS: '30' });
});
afterAll(() => postern.close());

/** Trusts a second browser. @returns it, and the ID of its trust */
async function trustAnother({ app, ...user }: TrustingUser) {
  const browser = postern.client();
  await signInAndTrust(browser, user, { totpCode: await app.nextCode() });
  const trusted = await myTrustedBrowsers(browser);
  return { browser, id: trusted!.find(({ current }) => current)!.id };
}

test('forgets one browser; the other one stays trusted', async () => {
  const user = await newTrustingUser(postern);
  const other = await trustAnother(user);
  const { data } = await forgetTrustedBrowsers(user.client, [other.id]);
  expect(data.forgetTrustedBrowsers).toEqual({ forgottenIds: [other.id], userErrors: [] });
  expect(await myTrustedBrowsers(user.client)).toHaveLength(1);
  await signInAgain(user);
});

test('ignores unknown IDs, those of others and those of other types', async () => {
  const [user, other] = [await newTrustingUser(postern), await newTrustingUser(postern)];
  const { id } = (await myTrustedBrowsers(other.browser))![0]!;
  const events = await eventsDuring(postern.database, async () => {
    const { data } = await forgetTrustedBrowsers(user.client, [id, user.id, 'browser_0000000000000000000000', 'x']);
    expect(data.forgetTrustedBrowsers).toEqual({ forgottenIds: [], userErrors: [] });
  });
  expect(events).toEqual([]);
  await signInAgain(other);
  await signInAgain(user);
});

test('ends the sessions that the browser opened, and the others of the user stay (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  await forgetTrustedBrowsers(user.client);
  expect([await whoAmI(opened), await whoAmI(user.client)]).toEqual([null, user.username]);
});

test('keeps the current session that the browser opened, and clears the cookie (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  const { headers } = await forgetTrustedBrowsers(opened);
  expect(await whoAmI(opened)).toBe(user.username);
  expect(opened.cookies.has(trustCookie)).toBe(false);
  expect(headers.getSetCookie().join()).toMatch(/postern_trust=;.*1970/);
});

test('leaves the cookie of this browser when another one is forgotten', async () => {
  const user = await newTrustingUser(postern);
  const other = await trustAnother(user);
  expect((await forgetTrustedBrowsers(user.browser, [other.id])).headers.getSetCookie()).toEqual([]);
  expect(user.browser.cookies.has(trustCookie)).toBe(true);
});

test('asks for step-up when it would end a session in which the user has just confirmed their identity', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  postern.clock.advance({ minutes: 15 });
  await confirmIdentity(opened, user.password, { totpCode: await user.app.nextCode() });
  expect(await forgetTrustedBrowsers(user.client)).toFailWith('STEP_UP_REQUIRED');
  expect([await whoAmI(opened), (await myTrustedBrowsers(opened))!.length]).toEqual([user.username, 1]);
});

test('ends sessions whose trust made way or was replaced, when all browsers are forgotten (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  await query(postern.database, 'delete from trusted_browsers');
  const events = await eventsDuring(postern.database, async () => {
    const { data } = await forgetTrustedBrowsers(user.client);
    expect(data.forgetTrustedBrowsers).toEqual({ forgottenIds: [], userErrors: [] });
  });
  expect(events.map(({ type }) => type)).toEqual(['SESSION_REVOKED', 'BROWSERS_FORGOTTEN']);
  expect([await whoAmI(opened), await whoAmI(user.client)]).toEqual([null, user.username]);
});

test('stays free after both factors were verified, when the app is removed and a passkey is left (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const proof = { password: user.password, factor: { totpCode: await user.app.nextCode() } };
  const options = await registrationOptions(user.client, proof);
  await registerPasskey(user.client, new SoftwareAuthenticator(pageOrigin).register(options));
  const opened = await signInAgain(user);
  await confirmIdentity(opened, user.password, { totpCode: await user.app.nextCode() });
  await disableTwoFactor(opened, { totpCode: await user.app.nextCode() });
  const { data } = await opened.send('mutation { createCallKey(input: { name: "key" }) { userErrors { code } } }');
  expect(data).toEqual({ createCallKey: { userErrors: [] } });
});

test('ends no session in which the owner has just confirmed, whatever signs in by trust (R-58)', async () => {
  const user = await newTrustingUser(postern);
  postern.clock.advance({ minutes: 15 });
  await confirmIdentity(user.client, user.password, { totpCode: await user.app.nextCode() });
  const thieves = [];
  for (let n = 0; n < 20; n += 1) thieves.push(await signInAgain(user));
  postern.clock.advance({ minutes: 2 });
  for (const thief of thieves) await whoAmI(thief);
  for (let n = 0; n < 3; n += 1) await signInAgain(user);
  expect(await whoAmI(user.client)).toBe(user.username);
});

test('keeps a session gated when its browser made way for another (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  await query(postern.database, 'delete from trusted_browsers');
  const { errors } = await opened.send('mutation { resetApiToken { token } }');
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['STEP_UP_REQUIRED']);
});

test('lifts the restriction when both factors were verified in the session (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  const create = () => opened.send('mutation { createCallKey(input: { name: "key" }) { userErrors { code } } }');
  expect(await create()).toFailWith('STEP_UP_REQUIRED');
  await confirmIdentity(opened, user.password, { totpCode: await user.app.nextCode() });
  expect((await create()).data).toEqual({ createCallKey: { userErrors: [] } });
  postern.clock.advance({ minutes: 20 });
  expect((await create()).data).toEqual({ createCallKey: { userErrors: [] } });
});

test('lifts the restriction with a passkey that verified the user, without the password (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const proof = { password: user.password, factor: { totpCode: await user.app.nextCode() } };
  await registerPasskey(user.client, authenticator.register(await registrationOptions(user.client, proof)));
  const opened = await signInAgain(user);
  const factor = { passkey: authenticator.answer(await confirmationOptions(opened)) };
  await opened.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }', {
    input: { factor },
  });
  expect((await opened.send('mutation { resetApiToken { userErrors { code } } }')).data).toEqual({
    resetApiToken: { userErrors: [] },
  });
});

test('keeps the restriction after the password alone (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  const { data } = await confirmIdentity(opened, user.password);
  expect(data.confirmIdentity!.userErrors).toMatchObject([{ code: 'SECOND_FACTOR_REQUIRED' }]);
  expect(await opened.send('mutation { resetApiToken { token } }')).toFailWith('STEP_UP_REQUIRED');
});
