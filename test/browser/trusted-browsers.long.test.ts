import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newCallKey } from '../features/usage/gateway.js';
import { query } from '../support/database.js';
import { newAccessToken } from '../support/access-tokens.js';
import { addUnusablePasskeys } from '../support/passkeys.js';
import { newTrustingUser, signInAgain, signInAndTrust, type TrustingUser } from '../support/trusted-browsers.js';
import { newTwoFactorUser, type TwoFactorUser } from '../support/two-factor.js';
import { goodPassword, newAddress } from '../support/users.js';
import { button, field, fillIn, signOut, submitSignIn, waitForProfile } from './page-actions.js';
import { expectAccessible, expectToFit, latinWords } from './page-checks.js';
import { setStage } from './stage.js';
import { VirtualAuthenticator } from './virtual-authenticator.js';

const stage = setStage({ TRUSTED_BROWSER_DAYS: '30' });
const codeField = '6-digit code from your authenticator app';
const trust = 'Don’t ask again on this browser for 30 days';

const section = (page: Page) => page.locator('#trusted-browsers');
const rows = (page: Page) => section(page).getByRole('listitem');
const stepUp = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });

/** Signs in with both factors in a new browser, and trusts it if asked to. */
async function signInFirst(user: TwoFactorUser, trusts: boolean): Promise<Page> {
  const page = await stage.open(null, '/sign-in');
  await submitSignIn(page, user);
  await field(page, codeField).fill(await user.app.nextCode());
  if (trusts) await page.getByLabel(trust).check();
  await button(page, 'Verify').click();
  await waitForProfile(page);
  return page;
}

/** A user whose session skipped the second step, and a view of theirs. */
async function openSkipped(path = '/profile'): Promise<{ user: TrustingUser; page: Page }> {
  const user = await newTrustingUser(stage.postern);
  await newCallKey(stage.postern, user, { name: 'Robot' });
  await newAccessToken(user.client);
  const page = await stage.open({ client: await signInAgain(user) }, path);
  return { user, page };
}

/** Confirms the identity with both factors. */
async function confirm(page: Page, user: TwoFactorUser): Promise<void> {
  await fillIn(stepUp(page), { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(stepUp(page), 'Confirm').click();
  await stepUp(page).waitFor({ state: 'detached' });
}

test('skips the second step at the next sign-in of a browser that the user trusts', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await signInFirst(user, true);
  await signOut(page);
  await submitSignIn(page, user);
  await waitForProfile(page);
  expect(await rows(page).innerText()).toMatch(
    /This browser[\s\S]+Trusted just now · last used just now[\s\S]+ends \w+ \d/,
  );
  await page.locator('#events').getByText('Browser trusted').waitFor();
});

test('asks for the second step again if the user does not trust the browser', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await signInFirst(user, false);
  await section(page).getByText('No trusted browsers.').waitFor();
  await signOut(page);
  await submitSignIn(page, user);
  await field(page, codeField).waitFor();
  expect(await page.getByLabel(trust).isChecked()).toBe(false);
  await expectAccessible(page);
  await expectToFit(page);
});

test('offers no trust with a backup code, and remembers the choice for the app', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(null, '/sign-in');
  await submitSignIn(page, user);
  await page.getByLabel(trust).check();
  await button(page, 'Use a backup code instead').click();
  await field(page, 'Backup code').waitFor();
  expect(await page.getByLabel(trust).count()).toBe(0);
  await button(page, 'Use the authenticator app instead').click();
  expect(await page.getByLabel(trust).isChecked()).toBe(true);
  await button(page, 'Use a backup code instead').click();
  await field(page, 'Backup code').fill(user.backupCodes[0]!);
  await button(page, 'Verify').click();
  await waitForProfile(page);
  await section(page).getByText('No trusted browsers.').waitFor();
});

/** A user with a security key, who trusted the browser with it and has signed in there again. */
async function trustWithPasskey(): Promise<Page> {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await VirtualAuthenticator.add(page, 'securityKey');
  const dialog = page.getByRole('dialog');
  await button(page.locator('#passkeys'), 'Add a passkey').click();
  await fillIn(dialog, { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(dialog, 'Continue').click();
  await button(dialog, 'Create passkey').click();
  await button(dialog, 'Done').click();
  await page.getByText('Passkey added.').waitFor();
  await signOut(page);
  await submitSignIn(page, user);
  await button(page, 'Use a passkey instead').click();
  await page.getByLabel(trust).check();
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
  await signOut(page);
  await submitSignIn(page, user);
  await waitForProfile(page);
  return page;
}

test('trusts a browser with a passkey as the second step', async () => {
  const page = await trustWithPasskey();
  await rows(page).getByText('This browser').waitFor();
});

test('asks to confirm with the password and a passkey if that was used last', async () => {
  const page = await trustWithPasskey();
  await button(page, 'Create token').click();
  await stepUp(page).getByText('Your browser will ask for your passkey.').waitFor();
  await field(stepUp(page), 'Password').fill(goodPassword);
  await button(stepUp(page), 'Confirm').click();
  await page.locator('#api-token .secret code').waitFor();
});

const acts: readonly [name: string, path: string, act: (page: Page) => Promise<void>, done: string][] = [
  [
    'changePassword',
    '/profile',
    async (page) => {
      const form = page.locator('#password');
      await fillIn(form, {
        'Current password': goodPassword,
        'New password': 'Louder-Lantern-88',
        'Confirm new password': 'Louder-Lantern-88',
      });
      await button(form, 'Change Password').click();
    },
    'Password changed. All other devices are signed out.',
  ],
  [
    'renamePasskey',
    '/profile',
    async (page) => {
      await button(page, 'Rename: Phone').click();
      await field(page.getByRole('dialog'), 'Name').fill('Laptop');
      await button(page, 'Save').click();
    },
    'Passkey renamed.',
  ],
  [
    'createCallKey',
    '/keys',
    async (page) => {
      await button(page, 'Create key').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Another');
      await button(dialog, 'Create key').click();
    },
    'Your new key',
  ],
  ['updateCallKey', '/keys', (page) => button(page, 'Disable: Robot').click(), 'Disabled'],
  ['rotateCallKey', '/keys', async (page) => rotate(page), 'Your new key'],
  [
    'createAccessToken',
    '/profile',
    async (page) => {
      await button(page, 'Create access token').click();
      const dialog = page.getByRole('dialog');
      await field(dialog, 'Name').fill('Another');
      await dialog.getByLabel('Read account').check();
      await button(dialog, 'Create access token').click();
    },
    'Your new access token',
  ],
  [
    'updateAccessToken',
    '/profile',
    async (page) => {
      await button(page, 'Edit: Backup').click();
      await field(page.getByRole('dialog'), 'Name').fill('Nightly');
      await button(page.getByRole('dialog'), 'Save').click();
    },
    'Nightly',
  ],
  [
    'rotateAccessToken',
    '/profile',
    async (page) => {
      await button(page, 'Rotate: Backup').click();
      await button(page, 'Rotate token').click();
    },
    'Your new access token',
  ],
  ['resetApiToken', '/profile', (page) => button(page, 'Create token').click(), 'pat_'],
  [
    'sendVerificationCode',
    '/profile',
    async (page) => {
      await field(page.locator('#email'), 'Email').fill(newAddress());
      await button(page, 'Send Verification Code').click();
    },
    'It expires in 10 minutes.',
  ],
  [
    'enableTwoFactor',
    '/profile',
    (page) => button(page, 'Reset 2FA (new phone)').click(),
    'This change needs one more code.',
  ],
  [
    'startPasskeyRegistration',
    '/profile',
    (page) => button(page, 'Add a passkey').click(),
    'This change needs one more code.',
  ],
];

async function rotate(page: Page): Promise<void> {
  await button(page, 'Rotate: Robot').click();
  await button(page.getByRole('dialog'), 'Rotate key').click();
}

test.each(acts)('asks to confirm with both factors before %s, then completes it', async (_, path, act, done) => {
  const { user, page } = await openSkipped(path);
  await addUnusablePasskeys(stage.postern.database, user.username, 1);
  await page.reload();
  await act(page);
  await confirm(page, user);
  await page.getByText(done).filter({ visible: true }).first().waitFor();
});

test.each([
  ['Disable 2FA', 'Disable 2FA', 'Two-factor authentication is off.'],
  ['New backup codes', 'Generate codes', 'Your backup codes'],
])('asks to confirm before the dialog “%s” asks for a code', async (opener, submit, done) => {
  const { user, page } = await openSkipped();
  await button(page.locator('#two-factor'), opener).click();
  await button(stepUp(page), 'Cancel').click();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await button(page.locator('#two-factor'), opener).click();
  await confirm(page, user);
  const dialog = page.getByRole('dialog', { name: opener });
  expect(await field(dialog, 'Password').count()).toBe(0);
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, submit).click();
  await page.getByText(done).first().waitFor();
});

test('remembers a confirmation with a backup code, which is no factor of the session', async () => {
  const { user, page } = await openSkipped();
  const opener = button(page.locator('#two-factor'), 'New backup codes');
  await opener.click();
  await button(stepUp(page), 'Use a backup code instead').click();
  await fillIn(stepUp(page), { Password: goodPassword, 'Backup code': user.backupCodes[0]! });
  await button(stepUp(page), 'Confirm').click();
  const dialog = page.getByRole('dialog', { name: 'New backup codes' });
  await button(dialog, 'Cancel').click();
  await opener.click();
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Generate codes').click();
  await page.getByText('Your backup codes').waitFor();
});

test('signs out other devices and changes the language without a confirmation', async () => {
  const { page } = await openSkipped();
  // Sessions with an open step-up window are protected.
  stage.postern.clock.advance({ minutes: 11 });
  await button(page, 'Sign out all other devices').click();
  await page.getByText('You aren’t signed in anywhere else.').waitFor();
  await page.locator('#preferences select').first().selectOption('ZH');
  await page.getByRole('heading', { name: '受信任的浏览器' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('asks for the second step again in a browser that was forgotten', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await signInFirst(user, true);
  await button(section(page), /^Forget Chrome on/).click();
  await page.getByText('Browser forgotten.').waitFor();
  await section(page).getByText('No trusted browsers.').waitFor();
  await page.locator('#events').getByText('Trusted browsers forgotten').waitFor();
  await signOut(page);
  await submitSignIn(page, user);
  await field(page, codeField).waitFor();
});

test('forgets all browsers, and signs out the sessions that they opened', async () => {
  const user = await newTrustingUser(stage.postern);
  const other = await signInAgain(user);
  await signInAndTrust(stage.postern.client(), user, { totpCode: await user.app.nextCode() });
  const page = await stage.open(user, '/profile');
  await button(section(page), 'Forget all trusted browsers').click();
  const dialog = page.getByRole('dialog', { name: 'Forget all trusted browsers?' });
  await dialog.getByText('Sessions they opened without it are signed out').waitFor();
  await expectAccessible(page);
  await button(dialog, 'Forget all trusted browsers').click();
  await page.getByText('2 browsers forgotten.').waitFor();
  await section(page).getByText('No trusted browsers.').waitFor();
  expect((await other.send('{ me { id } }')).data['me']).toBeNull();
});

test('fits a phone and speaks Chinese', async () => {
  const user = await newTwoFactorUser(stage.postern);
  await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  const page = await stage.open(null, '/sign-in', { locale: 'zh-CN', viewport: { width: 375, height: 740 } });
  await fillIn(page, { 用户名或邮箱: user.username, 密码: goodPassword });
  await button(page, '登录').click();
  await field(page, '身份验证器中的 6 位验证码').fill(await user.app.nextCode());
  await page.getByLabel('30 天内在此浏览器上不再要求第二步验证').check();
  await expectToFit(page);
  await button(page, '验证').click();
  await rows(page).getByText('当前浏览器').waitFor();
  await expectToFit(page);
  await expectAccessible(page);
  expect(latinWords(await section(page).innerText())).toEqual([]);
});

test('shows no trusted browsers while two-factor authentication is off', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  const link = page.getByRole('navigation').getByRole('link', { name: 'Trusted browsers' });
  await link.waitFor();
  await button(page.locator('#two-factor'), 'Disable 2FA').click();
  await field(page.getByRole('dialog'), codeField).fill(await user.app.nextCode());
  await button(page.getByRole('dialog'), 'Disable 2FA').click();
  await link.waitFor({ state: 'detached' });
  expect(await section(page).count()).toBe(0);
});

test('asks administrators for the second step each time, and shows them no trusted browsers', async () => {
  const user = await newTwoFactorUser(stage.postern);
  await query(stage.postern.database, "update accounts set role = 'ADMIN' where username = ?", [user.username]);
  const page = await signInFirst(user, true);
  expect(await page.getByText('Trusted browsers').count()).toBe(0);
  await signOut(page);
  await submitSignIn(page, user);
  await field(page, codeField).waitFor();
});

test('offers nothing where trusted browsers are turned off', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { url } = await stage.beside({});
  const page = await (await stage.browserOf(null)).newPage();
  await page.goto(`${url}/sign-in`);
  await submitSignIn(page, user);
  await field(page, codeField).fill(await user.app.nextCode());
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await button(page, 'Verify').click();
  await waitForProfile(page);
  expect(await page.getByText('Trusted browsers').count()).toBe(0);
});
