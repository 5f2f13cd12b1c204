import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newCallKey } from '../features/usage/gateway.js';
import { readQrCode } from '../support/read-qr-code.js';
import { codeIn } from '../support/mail-server.js';
import { newTrustingUser, signInAndTrust } from '../support/trusted-browsers.js';
import { Authenticator, newTwoFactorUser } from '../support/two-factor.js';
import { localNetworks } from '../support/webhooks.js';
import { goodPassword, newAddress, newUser, signIn } from '../support/users.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile } from './page-actions.js';
import { VirtualAuthenticator } from './virtual-authenticator.js';

const stage = setStage({ TRUSTED_BROWSER_DAYS: '30', ...localNetworks });
const codeField = '6-digit code from your authenticator app';

/** What has the focus: its label or text. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: active } = document;
    return active === document.body ? 'body' : (active?.getAttribute('aria-label') ?? active?.textContent);
  });

/** Waits until the element with this label or text has the focus. */
async function expectFocus(page: Page, name: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await focused(page)) !== name && Date.now() < deadline)
    await page.evaluate('new Promise(requestAnimationFrame)');
  expect(await focused(page)).toBe(name);
}

/** Opens an editor or dialog with a button, and cancels it. */
async function cancel(
  page: Page,
  opener: string,
  closed = opener,
  opened = button(page, opener).first(),
): Promise<void> {
  await opened.press('Enter');
  await button(page, 'Cancel').last().press('Enter');
  await expectFocus(page, closed);
  if (await page.locator('dialog').count()) throw new Error(`The dialog of ${opener} is still open.`);
}

const save = async (page: Page) => {
  await page.getByRole('dialog').getByRole('checkbox').check();
  await button(page, 'Done').press('Enter');
};

/** Each component that has a form or a dialog, and the test that closes it. A new one must be added here. */
const walked: Readonly<
  Record<
    string,
    | 'profile'
    | 'second factor'
    | 'passkeys'
    | 'trusted browsers'
    | 'access tokens'
    | 'keys'
    | 'administration'
    | 'webhooks'
    | 'never closes'
  >
> = {
  ApiToken: 'profile',
  Binding: 'profile',
  StepUpDialog: 'profile',
  IdentityForm: 'profile',
  RevokeEverythingDialog: 'profile',
  DeleteAccountDialog: 'profile',
  RestoreAccount: 'never closes',
  Username: 'profile',
  ChangePassword: 'never closes',
  BackupCodes: 'second factor',
  EnrolmentDialog: 'second factor',
  ReplacementProof: 'second factor',
  DisableDialog: 'second factor',
  NewCodesDialog: 'second factor',
  CreateDialog: 'passkeys',
  RenamePasskeyDialog: 'passkeys',
  DeletePasskeyDialog: 'passkeys',
  ForgetAllDialog: 'trusted browsers',
  CreateTokenDialog: 'access tokens',
  EditTokenDialog: 'access tokens',
  RotateTokenDialog: 'access tokens',
  RevokeTokensDialog: 'access tokens',
  SecretDialog: 'keys',
  CreateKeyDialog: 'keys',
  EditKeyDialog: 'keys',
  RotateKeyDialog: 'keys',
  EndGraceDialog: 'keys',
  DeleteKeysDialog: 'keys',
  WarningsForm: 'never closes',
  ActionDialog: 'administration',
  CreateAccount: 'administration',
  CreateWebhookDialog: 'webhooks',
  EditWebhookDialog: 'webhooks',
  RotateWebhookDialog: 'webhooks',
  SwitchWebhookDialog: 'webhooks',
  DeleteWebhookDialog: 'webhooks',
};

test('walks every component that has a form or a dialog', () => {
  const folder = new URL('../../web/src/', import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.tsx') && !/^(?:sign-in|generated)\//.test(path),
  );
  const components = sources.flatMap((path) =>
    readFileSync(new URL(path, folder), 'utf8')
      .split(/^(?=(?:export )?(?:default )?function )/m)
      .filter((text) => /<(?:Dialog|Form)\b/.test(text))
      .map((text) => /function (\w+)/.exec(text)?.[1]),
  );
  expect(components.sort()).toEqual(Object.keys(walked).sort());
});

test('returns the focus to what opened an editor on Profile, or to the heading of its section', async () => {
  const user = await newUser(stage.postern);
  await signIn(stage.postern, user);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await cancel(page, 'Change username');
  await button(page, 'Change username').press('Enter');
  await field(page.locator('#username'), 'Username').fill(`${user.username}-renamed`);
  await page.keyboard.press('Enter');
  await page.getByText('Username changed.').waitFor();
  await expectFocus(page, 'Change username');

  for (const opened of [false, true]) {
    if (opened) {
      await cancel(page, 'Change email');
      stage.postern.clock.advance({ minutes: 2 });
      await button(page, 'Change email').press('Enter');
      expect(await field(page, 'Email').evaluate((input) => input === document.activeElement)).toBe(true);
    }
    const address = newAddress();
    await field(page, 'Email').fill(address);
    await page.keyboard.press('Enter');
    await field(page, 'Verification code').fill(codeIn(await stage.mail.mailTo(address)));
    await page.keyboard.press('Enter');
    await page.locator('#email').getByText(address).waitFor();
    await expectFocus(page, opened ? 'Change email' : 'Bind Email');
  }

  await button(page, 'Create token').press('Enter');
  await page.locator('#api-token .secret').waitFor();
  await expectFocus(page, 'Hide');
  for (const name of ['View', 'Hide', 'View']) {
    await page.keyboard.press('Enter');
    await expectFocus(page, name);
  }
  await cancel(page, 'Reset');
  stage.postern.clock.advance({ minutes: 11 });
  await button(page, 'View').press('Enter');
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
  await page.keyboard.press('Escape');
  await expectFocus(page, 'View');
  await button(page, 'Reset').press('Enter');
  await button(page, 'Reset token').press('Enter');
  await field(page, 'Password').fill(goodPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').first().waitFor({ state: 'detached' });
  await page.locator('#api-token .secret').waitFor();
  await expectFocus(page, 'Reset');

  await button(page, 'Sign out all other devices').press('Enter');
  await page.getByText('You aren’t signed in anywhere else.').waitFor();
  await expectFocus(page, 'Sessions');

  await cancel(page, 'Revoke everything');
  await button(page, 'Revoke everything').press('Enter');
  await button(page, 'Revoke everything now').press('Enter');
  await page.getByText('Everything revoked.', { exact: true }).waitFor();
  await expectFocus(page, 'Revoke everything');
  await cancel(page, 'Delete account', 'Delete account', button(page.locator('#delete-account'), 'Delete account'));
});

test('returns the focus when two-factor authentication is on, replaced and off', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  const scanned = async () => {
    const uri = readQrCode((await page.getByRole('dialog').getByRole('img').getAttribute('src'))!)!;
    return new Authenticator(new URL(uri).searchParams.get('secret')!, stage.postern.clock);
  };
  for (const opener of ['New backup codes', 'Disable 2FA', 'Reset 2FA (new phone)']) await cancel(page, opener);
  await button(page, 'New backup codes').press('Enter');
  await field(page, codeField).fill(await user.app.nextCode());
  await page.keyboard.press('Enter');
  await save(page);
  await expectFocus(page, 'New backup codes');

  await button(page, 'Reset 2FA (new phone)').press('Enter');
  await fillIn(page.getByRole('dialog'), { Password: user.password, [codeField]: await user.app.nextCode() });
  await page.keyboard.press('Enter');
  const app = await scanned();
  await field(page, 'Verification code').fill(await app.code());
  await page.keyboard.press('Enter');
  await save(page);
  await expectFocus(page, 'Reset 2FA (new phone)');

  await button(page, 'Disable 2FA').press('Enter');
  await field(page, codeField).fill(await app.nextCode());
  await page.keyboard.press('Enter');
  await button(page.locator('#two-factor'), 'Enable 2FA').waitFor();
  await expectFocus(page, 'Two-Factor Authentication (2FA)');

  await button(page.locator('.findings'), 'Enable 2FA').press('Enter');
  await page.getByRole('dialog', { name: 'Confirm it’s you' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(1);
  await field(page.getByRole('dialog'), 'Password').fill(user.password);
  await page.keyboard.press('Enter');
  await field(page, 'Verification code').fill(await (await scanned()).code());
  await page.keyboard.press('Enter');
  await save(page);
  await button(page.locator('.findings'), 'Enable 2FA').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.closest('.findings'));
});

test('returns the focus when a dialog of passkeys is closed', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await VirtualAuthenticator.add(page);
  await waitForProfile(page);
  // The security checkup has a button with this name, too.
  const add = button(page.getByRole('region', { name: 'Passkeys' }), 'Add a passkey');
  const create = async () => {
    await add.press('Enter');
    await field(page.getByRole('dialog'), 'Password').fill(goodPassword);
    await page.keyboard.press('Enter');
    await expectFocus(page, 'Create passkey');
  };
  await cancel(page, 'Add a passkey', 'Add a passkey', add);
  await create();
  await page.keyboard.press('Escape');
  await expectFocus(page, 'Add a passkey');
  await create();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  await save(page);
  await field(page.getByRole('dialog'), 'Name').fill('Laptop');
  await page.keyboard.press('Enter');
  await expectFocus(page, 'Add a passkey');
  for (const opener of ['Rename: Laptop', 'Delete: Laptop']) await cancel(page, opener);
  await button(page, 'Delete: Laptop').press('Enter');
  await button(page, 'Delete passkey').press('Enter');
  await page.getByText('Your browser will ask for your passkey.').waitFor();
  await expectFocus(page, 'Delete passkey');
  await page.keyboard.press('Enter');
  await page.getByText('No passkeys yet.').waitFor();
  await expectFocus(page, 'Add a passkey');
});

test('returns the focus when trusted browsers are forgotten', async () => {
  const user = await newTrustingUser(stage.postern);
  const trust = async () => signInAndTrust(stage.postern.client(), user, { totpCode: await user.app.nextCode() });
  await trust();
  await trust();
  const page = await stage.open(user, '/profile');
  await waitForProfile(page);
  await cancel(page, 'Forget all trusted browsers');
  await button(page, 'Forget node').first().press('Enter');
  await page.getByText('Browser forgotten.').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('#trusted-browsers'));
  await button(page, 'Forget all trusted browsers').press('Enter');
  await button(page.getByRole('dialog'), 'Forget all trusted browsers').press('Enter');
  await page.getByText('2 browsers forgotten.').waitFor();
  await expectFocus(page, 'Trusted browsers');
});

test('returns the focus when a dialog of access tokens is closed', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  const dialog = page.getByRole('dialog');
  const create = async (name: string) => {
    await button(page, 'Create access token').press('Enter');
    await field(dialog, 'Name').fill(name);
    await dialog.getByLabel('Read account').check();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
    await save(page);
    await expectFocus(page, 'Create access token');
  };
  await cancel(page, 'Create access token');
  await create('Robot');
  await create('Backup');
  for (const opener of ['Edit: Robot', 'Rotate: Robot', 'Revoke: Robot']) await cancel(page, opener);
  await button(page, 'Edit: Robot').press('Enter');
  await button(dialog, 'Save').press('Enter');
  await expectFocus(page, 'Edit: Robot');
  await button(page, 'Rotate: Robot').press('Enter');
  await button(page, 'Rotate token').press('Enter');
  await page.getByRole('heading', { name: 'Your new access token' }).waitFor();
  await save(page);
  await expectFocus(page, 'Rotate: Robot');
  await button(page, 'Revoke: Robot').press('Enter');
  await button(dialog, 'Revoke').press('Enter');
  await page.getByText('Access token revoked.').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('#access-tokens'));
  await create('Report');
  for (const name of ['Backup', 'Report']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await cancel(page, 'Revoke');
  await button(page, 'Revoke').press('Enter');
  await button(dialog, 'Revoke').press('Enter');
  await page.getByText('No access tokens yet.').waitFor();
  await expectFocus(page, 'Create access token');
});

test('returns the focus when a dialog on Keys is closed', async () => {
  const page = await stage.open(await newUser(stage.postern), '/keys');
  // A second look at the list can replace the button of the empty list.
  await page.waitForLoadState('networkidle');
  await cancel(page, 'Create key');
  await button(page, 'Create key').press('Enter');
  await page.getByLabel('Name').fill('Robot');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  await save(page);
  await page.getByRole('row').filter({ hasText: 'Robot' }).waitFor();
  await expectFocus(page, 'Keys');
  for (const opener of ['Edit: Robot', 'Rotate: Robot']) await cancel(page, opener);
  await button(page, 'Edit: Robot').press('Enter');
  await button(page, 'Save').press('Enter');
  await expectFocus(page, 'Edit: Robot');
  await button(page, 'Rotate: Robot').press('Enter');
  await button(page, 'Rotate key').press('Enter');
  await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  await save(page);
  await expectFocus(page, 'Rotate: Robot');
  await cancel(page, 'Stop it now: Robot');
  await button(page, 'Stop it now: Robot').press('Enter');
  await button(page, 'Stop old key').press('Enter');
  await page.getByText('The old key works until').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.closest('tr, main'));
  await page.getByRole('checkbox', { name: 'Select Robot' }).check();
  await cancel(page, 'Delete');
  await button(page, 'Delete').press('Enter');
  await button(page.getByRole('dialog'), 'Delete').press('Enter');
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await expectFocus(page, 'Keys');
});

test('returns the focus when a dialog on Administration is closed', async () => {
  const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
  await newCallKey(stage.postern, user);
  const page = await stage.open(root, '/administration');
  await page.getByRole('link', { name: user.username, exact: true }).waitFor();
  await cancel(page, 'Create account');
  await button(page, 'Create account').press('Enter');
  await fillIn(page.getByRole('dialog'), { Username: 'a-newcomer', Reason: 'Joined' });
  await button(page.getByRole('dialog'), 'Create account').press('Enter');
  await page.getByRole('heading', { name: 'Share this link' }).waitFor();
  await save(page);
  await expectFocus(page, 'Create account');
  await page.goto(`${stage.url}/administration/users/${user.id}`);
  for (const opener of ['Send password reset', 'Delete']) await cancel(page, opener);
  await button(page, 'Disable').press('Enter');
  await page.getByRole('dialog').getByLabel('Reason').fill('Spam');
  await button(page.getByRole('dialog'), 'Disable').press('Enter');
  await expectFocus(page, 'Enable');
});

test('returns the focus when a dialog of webhooks is closed', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  const page = await stage.open(root, '/administration/webhooks');
  const dialog = page.getByRole('dialog');
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  await page.waitForLoadState('networkidle');
  await cancel(page, 'Create webhook');
  await button(page, 'Create webhook').press('Enter');
  await field(dialog, 'URL').fill('https://127.0.0.1/hooks');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your webhook’s secret' }).waitFor();
  await save(page);
  await page.getByRole('heading', { level: 1, name: 'https://127.0.0.1/hooks' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('main, h1'));
  for (const opener of ['Edit', 'Rotate secret', 'Turn off', 'Delete']) await cancel(page, opener);
  await button(page, 'Edit').press('Enter');
  await button(dialog, 'Save').press('Enter');
  await expectFocus(page, 'Edit');
  await button(page, 'Rotate secret').press('Enter');
  await button(dialog, 'Rotate secret').press('Enter');
  await page.getByRole('heading', { name: 'Your webhook’s secret' }).waitFor();
  await save(page);
  await expectFocus(page, 'Rotate secret');
  await button(page, 'Turn off').press('Enter');
  await button(dialog, 'Turn off').press('Enter');
  await expectFocus(page, 'Turn on');
  await button(page, 'Delete').press('Enter');
  await button(dialog, 'Delete').press('Enter');
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('main, h1'));
});
